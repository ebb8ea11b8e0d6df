"""Numbers about explanations: tensors in, tensors out; numpy arrays are accepted.

Results are float64. A value that is undefined is NaN, never 0 or 1.
"""

from softcam_core.metrics.localization import activation_precision, activation_sensitivity

__all__ = ["activation_precision", "activation_sensitivity"]
