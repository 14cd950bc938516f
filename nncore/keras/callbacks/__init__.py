"""keras.callbacks: what is called while a model trains."""

from nncore.keras.callbacks.base import Callback, CallbackList
from nncore.keras.callbacks.recording import (
    CSVLogger,
    History,
    LambdaCallback,
    ProgbarLogger,
    TensorBoard,
)
from nncore.keras.callbacks.watching import (
    EarlyStopping,
    LearningRateScheduler,
    ModelCheckpoint,
    MonitorCallback,
    ReduceLROnPlateau,
    TerminateOnNaN,
)
from nncore.keras.missing import module_getattr

__all__ = [
    "CSVLogger",
    "Callback",
    "CallbackList",
    "EarlyStopping",
    "History",
    "LambdaCallback",
    "LearningRateScheduler",
    "ModelCheckpoint",
    "MonitorCallback",
    "ProgbarLogger",
    "ReduceLROnPlateau",
    "TensorBoard",
    "TerminateOnNaN",
]

__getattr__ = module_getattr(
    "keras.callbacks",
    {
        name: f"{name} is a callback of Keras that is not here"
        for name in ("BackupAndRestore", "RemoteMonitor", "SwapEMAWeights", "OrbaxCheckpoint")
    },
)
