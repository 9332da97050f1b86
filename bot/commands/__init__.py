"""One module for each command of `hutong`, loaded only when it is called."""
