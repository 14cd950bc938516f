"""A canvas context that keeps a record of what is drawn instead of drawing."""

import re

NUMBER = r"-?\d+(?:\.\d+)?"


class RecordingContext:
    """Accepts any call and property of a 2-D context.

    Attributes:
        calls: (name, arguments, the properties set at that moment) of every call, in order.
    """

    def __init__(self):
        object.__setattr__(self, "calls", [])
        object.__setattr__(self, "properties", {"globalAlpha": 1.0})

    def __setattr__(self, name, value):
        self.properties[name] = value

    def __getattr__(self, name):
        if name in self.properties:
            return self.properties[name]

        def call(*arguments):
            self.calls.append((name, arguments, dict(self.properties)))

        return call

    def named(self, name):
        """(arguments, properties) of every call of this name."""
        return [(arguments, style) for called, arguments, style in self.calls if called == name]


def starts(path):
    """The points at which the pieces of an SVG path start: the (x, y) of every M."""
    found = re.findall(rf"M({NUMBER}) ({NUMBER})", path)
    return [(float(x), float(y)) for x, y in found]
