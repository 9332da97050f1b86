"""The kill campaign: the bot dies at random moments while people write, and nothing that was acknowledged is lost."""
