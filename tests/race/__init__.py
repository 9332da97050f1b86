"""The race: eight members claim the same request in the same moment, through four processes."""
