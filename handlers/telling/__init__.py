"""Who hears what, by which way, and what becomes of words that reached nobody."""
