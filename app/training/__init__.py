"""Training from the window: what to train, how far it is, and what came of it."""
