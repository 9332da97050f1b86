"""A resident speaks, and what becomes of it: from the first word to the rating."""
