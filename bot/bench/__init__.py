"""What `hutong bench` is made of: the words, the targets, the load, the figures."""
