"""What the words of members and secretaries command, pass on, ask and take back."""
