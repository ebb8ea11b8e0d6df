"""Models and methods measured over a study: a dialog, the run behind it, tables and plots."""
