"""Files that leave the program: case reports, and figures."""
