"""What we do when something happens: one file for each kind of happening."""
