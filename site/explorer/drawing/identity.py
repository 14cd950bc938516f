"""Is it still the same object? For panels that draw anew only what has changed."""


class Identity:
    """Equal to another that holds the very same object.

    The object is kept alive: its id() alone could come again with the next object.
    """

    def __init__(self, thing):
        self.thing = thing

    def __eq__(self, other):
        return isinstance(other, Identity) and other.thing is self.thing

    __hash__ = None  # type: ignore[assignment]
