"""Checkpoints that others wrote: read safely, recognised by their shapes, and converted."""
