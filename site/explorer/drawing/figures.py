"""Numbers as a walk through a step shows them: few digits, and how large the last one is.

Four significant digits, one more from 1 on, powers of ten where a number is very small or very
large; whole numbers as such. Two numbers that are close, as a weight and the new one, get so many
decimals that they differ. What a reader types may be one off in the last digit that is shown.
"""

import math
import re

SMALL, LARGE = 1e-3, 1e5
PLACES, MOST = 4, 9
DIGITS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def shown(value, short=False, decimals=None):
    """Return the text of a number; a dash for one that is not finite.

    Args:
        short: Whether it is for the diagram.
        decimals: Digits after the point, for numbers that are compared.
    """
    if not math.isfinite(value):
        return "–"
    places = 3 if short else PLACES
    if abs(value) < LARGE and value == int(value) and decimals is None:
        text = str(int(value))
    elif decimals is not None or SMALL <= abs(value) < LARGE:
        text = f"{value:.{decimals_of(value, places) if decimals is None else decimals}f}"
    else:
        mantissa, power = f"{value:.{places - (2 if short else 1)}e}".split("e")
        text = f"{mantissa}·10{str(int(power)).translate(DIGITS)}"
    return text.replace("-", "−", 1)


def chosen(value):
    """The text of a number that somebody chose, such as a learning rate: 0.03, not 0.03000."""
    if SMALL <= abs(value) < LARGE:
        return f"{value:g}"
    mantissa, power = f"{value:e}".split("e")
    return f"{float(mantissa):g}·10{str(int(power)).translate(DIGITS)}" if value else "0"


def decimals_of(value, places=PLACES):
    """How many digits after the point a number has that is neither very small nor very large."""
    power = math.floor(math.log10(abs(value))) if value else -1
    return max(places - power - (power < 0), 0)


def enough_decimals(old, new):
    """How many digits after the point show two digits of the change from `old` to `new` as well;
    None where the usual ones do, or where no reasonable number would."""
    largest, change = max(abs(old), abs(new)), abs(new - old)
    if not (math.isfinite(largest) and SMALL <= largest < LARGE and change > 0):
        return None
    needed = 1 - math.floor(math.log10(change))
    return needed if decimals_of(largest) < needed <= MOST else None


def last_digit(value, decimals=None):
    """How much the last digit is worth that `shown` gives."""
    if decimals is not None:
        return 10.0**-decimals
    if not math.isfinite(value) or value == 0:
        return 10.0**-PLACES
    if SMALL <= abs(value) < LARGE:
        return 10.0 ** -decimals_of(value)
    return 10.0 ** (math.floor(math.log10(abs(value))) - PLACES + 1)


def read(text):
    """The number that a reader typed, or None: 0.5, −0,5, 2.1e-5, 2.1·10⁻⁵ and 2.1*10^-5."""
    plain = text.strip().replace("−", "-").replace(",", ".").replace(" ", "")
    plain = plain.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-"))
    for sign in ("·10^", "*10^", "×10^", "·10", "*10", "×10"):
        plain = plain.replace(sign, "e")
    try:
        value = float(plain)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def is_right(text, value, decimals=None, reckoned=None):
    """Whether a typed number is `value`, or one off in its last shown digit.

    Args:
        reckoned: What comes of the rounded numbers that are shown, if it can be told: that is right
            as well, and so is what lies between.
    """
    typed = read(text)
    if typed is None or not math.isfinite(value):
        return False
    ends = [read(shown(each, decimals=decimals)) for each in (value, reckoned) if each is not None]
    off = 1.001 * last_digit(value, decimals)
    return min(ends) - off <= typed <= max(ends) + off


def digits_of(text):
    """How many digits a shown number has, counted from the first that is not 0."""
    return len(re.sub(r"\D", "", text.partition("·")[0]).lstrip("0")) or 1


def is_coarse(text, value):
    """Whether a typed number is `value` with too few of its digits, cut or rounded."""
    typed = read(text)
    if not typed or not math.isfinite(value):
        return False
    digits = re.sub(r"^0*", "", re.sub(r"e.*|\D", "", f"{typed!r}".removesuffix(".0")))
    unit = 10.0 ** (math.floor(math.log10(abs(typed))) - len(digits) + 1)
    return abs(typed - value) <= min(unit, abs(value) / 10)
