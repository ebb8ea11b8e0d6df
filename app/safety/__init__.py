"""Keeping what was drawn: daily copies, repair of a damaged study, following another window."""
