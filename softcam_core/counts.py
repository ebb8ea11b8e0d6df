"""Counts in sentences: one image is, three images are."""


def counted(number: int, one: str, many: str = "") -> str:
    """Return "1 image" or "3 images"; ``many`` where it is not ``one`` with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def are(number: int) -> str:
    """Return "is" for one, "are" for any other number."""
    return "is" if number == 1 else "are"
