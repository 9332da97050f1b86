"""`python -m bot` is `hutong`."""

from bot.cli import main

main()
