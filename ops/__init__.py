"""Setting up, training, starting: what the Makefile calls."""
