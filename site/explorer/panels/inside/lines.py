"""What a sheet of formulas is made of: lines, each with a number and the formula that gives it.

The lines that have a formula are what may be asked of the reader; each has a hint for that.
"""

from dataclasses import dataclass

from explorer.drawing.figures import chosen, shown
from explorer.text.inside import INSIDE

# Hints of lines whose formula is made of the numbers of lines above.
MADE_OF_OTHERS = {"sum", "upstream", "delta", "loss", "update", "weight", "share"}


@dataclass(frozen=True)
class Line:
    """A line of an account.

    Attributes:
        label: What it is about, a text or a tree.
        tree: What gives its number, or None.
        value: The number.
        hint: The key of HINTS.
        final: Whether it is what the account is about.
        quantity: How it is called when it is asked for.
        decimals: Digits after the point, where the usual ones are too few.
        chosen: Whether somebody chose the number, such as a learning rate.
    """

    label: object
    tree: tuple | None
    value: float
    hint: str = "product"
    final: bool = False
    quantity: str = ""
    decimals: int | None = None
    chosen: bool = False

    @property
    def text(self):
        """The number as it is shown."""
        return chosen(self.value) if self.chosen else shown(self.value, decimals=self.decimals)

    @property
    def name(self):
        """What the number is called, in text."""
        return self.quantity or (self.label if isinstance(self.label, str) else "")


@dataclass(frozen=True)
class Sheet:
    """What an account shows.

    Attributes:
        symbols: The general formulas, as trees.
        lines: The lines with numbers.
    """

    symbols: tuple
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Called:
    """A symbol (a tree) behind what it is, in words."""

    words: str
    symbol: tuple


def called(key, symbol):
    return Called(INSIDE[key], symbol)
