"""What a message asks for: where one matter ends, of which type it is, for whom, and whose ears it needs."""
