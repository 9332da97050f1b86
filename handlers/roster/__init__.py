"""The roster: from the sheets people keep to records, and back."""
