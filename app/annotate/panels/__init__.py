"""What stands beside the image: labels, grade, list of marks, details, history."""
