"""One module for each door through which words come in and go out."""
