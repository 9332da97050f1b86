"""What is done to a request by whoever may: one step in one transaction."""
