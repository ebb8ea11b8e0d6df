"""Reading images and the way from their pixels to a model's input and back."""
