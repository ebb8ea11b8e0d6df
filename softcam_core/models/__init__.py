"""Evidence models, their conversion from torchvision classifiers, and their files.

This package imports no torch by itself: `models.spec` and `models.header` are read by the window.
"""
