"""Maps that explain a model's logits, all behind `softcam_core.attribute`."""
