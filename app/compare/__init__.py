"""The grid of linked panes: methods and models side by side on one case."""
