"""A case on paper: the image, what the reader drew and said, what a model said, and why."""
