"""The metrics over a data set that comes batch by batch, and over several processes.

As in torchmetrics: ``update`` with the arguments of the function of the same name, ``compute`` for
the value of all images so far, ``merge``, ``reduce`` over the processes of torch.distributed,
``reset``. The value comes with the counts of images that it is made of, and of those for which it
is undefined. The order of the images, and who saw which, do not change a single bit.
"""

from softcam_core.metrics.accumulate.base import Accumulator, Measured, PerImage
from softcam_core.metrics.accumulate.boxes import (
    GtKnownLocalization,
    MaxBoxAcc,
    MaxBoxAccV2,
    PxAP,
    Top1Localization,
)
from softcam_core.metrics.accumulate.faithfulness import (
    AreaUnderDeletionCurve,
    AverageDrop,
    DeletionCurve,
    IncreaseInConfidence,
    InsertionCurve,
)
from softcam_core.metrics.accumulate.maps import (
    ActivationConsistency,
    ActivationPrecision,
    ActivationSensitivity,
    MeanIoU,
    PointingGame,
    TopKLocalizationPrecision,
)
from softcam_core.metrics.accumulate.predictions import (
    Accuracy,
    Auc,
    AveragePrecision,
    BrierScore,
    CalibrationError,
    QuadraticKappa,
    Sensitivity,
    Specificity,
)

__all__ = [
    "Accumulator",
    "Accuracy",
    "ActivationConsistency",
    "ActivationPrecision",
    "ActivationSensitivity",
    "AreaUnderDeletionCurve",
    "Auc",
    "AverageDrop",
    "AveragePrecision",
    "BrierScore",
    "CalibrationError",
    "DeletionCurve",
    "GtKnownLocalization",
    "IncreaseInConfidence",
    "InsertionCurve",
    "MaxBoxAcc",
    "MaxBoxAccV2",
    "MeanIoU",
    "Measured",
    "PerImage",
    "PointingGame",
    "PxAP",
    "QuadraticKappa",
    "Sensitivity",
    "Specificity",
    "Top1Localization",
    "TopKLocalizationPrecision",
]
