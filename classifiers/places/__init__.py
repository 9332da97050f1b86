"""Which lane a text speaks of, and which of several places is meant."""
