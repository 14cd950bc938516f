"""Objects that can be named: "l2", "MaxNorm", {"class_name": ..., "config": ...}, or themselves.

Keras takes a regularizer, a loss, an optimizer and others in any of these forms, and writes them
into a model's config. What they hold is what their constructor takes.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any, TypeVar

from nncore.checks import invalid
from nncore.keras.config import snake_case

Self = TypeVar("Self", bound="Configurable")


class Configurable:
    """Something whose attributes are its constructor's arguments."""

    def get_config(self) -> dict[str, Any]:
        """Return the arguments that make an object like this one."""
        parameters = inspect.signature(type(self).__init__).parameters.values()
        skipped = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
        names = [each.name for each in parameters if each.kind not in skipped]
        return {name: getattr(self, name) for name in names if name != "self"}

    @classmethod
    def from_config(cls: type[Self], config: dict[str, Any]) -> Self:
        """Return an object from what get_config returned."""
        return cls(**config)


def serialize(thing: Any) -> Any:
    """Return `thing` as a config that lookup understands: a dictionary, a name, or itself."""
    if isinstance(thing, Configurable):
        module = type(thing).__module__.removeprefix("nncore.").split(".")[:2]
        kind = type(thing).__name__
        form = {"module": ".".join(module), "class_name": kind, "config": thing.get_config()}
        return form | {"registered_name": None}
    return getattr(thing, "__name__", thing)


def lookup(
    parameter: str, identifier: Any, kinds: Mapping[str, Any], short: Mapping[str, str]
) -> Any:
    """Return the object of a name, a config, a class or an object; None stays None.

    Args:
        kinds: Classes by their names.
        short: Other names for them.

    Raises:
        ValueError: For a name that is not known and for what is none of these.
    """
    if identifier is None:
        return None
    if isinstance(identifier, Mapping):
        kind = _kind(parameter, identifier.get("class_name"), kinds, short)
        config = dict(identifier.get("config") or {})
        known = inspect.signature(kind).parameters  # Keras writes more, such as "axes": None
        return kind(**{key: config[key] for key in config if key in known or config[key]})
    if isinstance(identifier, str):
        return _kind(parameter, identifier, kinds, short)()
    if isinstance(identifier, type):
        return identifier()
    if callable(identifier) or isinstance(identifier, Configurable):
        return identifier
    raise invalid(parameter, "a name or an object", identifier)


def _kind(parameter: str, name: Any, kinds: Mapping[str, Any], short: Mapping[str, str]) -> Any:
    known = {snake_case(each): each for each in kinds} | {each: each for each in kinds}
    known |= short
    if isinstance(name, str):
        for form in (name, name.lower()):
            if form in known:
                return kinds[known[form]]
    names = ", ".join(repr(each) for each in sorted({snake_case(each) for each in kinds}))
    raise invalid(parameter, f"one of {names}", name)
