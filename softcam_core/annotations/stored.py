"""What was stored and no longer makes sense."""


class DamagedValueError(ValueError):
    """A stored value that is none of its kind: the file is damaged where it lies."""
