"""The list of cases: model, filter, thumbnails, and the panel that shows them."""
