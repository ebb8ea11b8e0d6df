"""Texts in tables that a spreadsheet would take for formulas. Free of torch."""

_RUN = frozenset("=+-@\t\r")


def guarded(text: str) -> str:
    """Return the text as a cell of a table: with an apostrophe before what would be run.

    One that has apostrophes there already gets one more, so that `unguarded` finds back; a single
    character is no formula.

    Example:
        >>> [guarded(text) for text in ("=1+1", "-", "'=1+1", "plain")]
        ["'=1+1", '-', "''=1+1", 'plain']
    """
    runs = len(text) > 1 and text.lstrip("'")[:1] in _RUN
    return f"'{text}" if runs else text


def unguarded(cell: str) -> str:
    """Return the text that `guarded` made this cell of.

    Example:
        >>> unguarded("'=1+1")
        '=1+1'
    """
    return cell[1:] if cell.startswith("'") and guarded(cell[1:]) == cell else cell
