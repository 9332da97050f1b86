"""What a resident's later words say: to a matter that is known, to a result, to the desk itself."""
