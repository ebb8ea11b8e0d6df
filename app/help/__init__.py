"""Help inside the program: the pages of `resources/help` and the window that shows them."""
