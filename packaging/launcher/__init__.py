"""Set-up and start of SoftCAM Viewer, with nothing but Python's standard library."""
