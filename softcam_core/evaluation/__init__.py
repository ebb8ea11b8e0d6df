"""Models, methods and metrics over the images of a table or a study, and the report of it."""
