"""Methods that explain pixels, by gradients of a logit with respect to the image."""
