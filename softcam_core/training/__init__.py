"""Training of evidence models and their black-box partners."""
