"""Charts of published numbers and of what the model says beside them."""
