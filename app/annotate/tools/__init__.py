"""One file per drawing tool, and what they share."""
