"""What the bot serves over HTTP: callbacks, health, public pages."""
