"""The tour: what is where, in six calm steps over the real window."""
