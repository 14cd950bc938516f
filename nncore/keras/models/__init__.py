"""keras.models: Sequential and Model, and how they are copied, saved and loaded."""

from nncore.keras.models.cloning import clone_model
from nncore.keras.models.model import Model
from nncore.keras.models.sequential import Sequential
from nncore.keras.saving import load_model, model_from_json, save_model

__all__ = [
    "Model",
    "Sequential",
    "clone_model",
    "load_model",
    "model_from_json",
    "save_model",
]
