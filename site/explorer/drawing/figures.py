"""Numbers as a walk through a step shows them: few digits, and how large the last one is.

Four significant digits at least where there is room for them, powers of ten where a number is
very small or very large. What a reader types may be one off in the last digit that is shown.
"""

import math

SMALL, LARGE = 1e-3, 1e5
PLACES = 4
DIGITS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def shown(value, short=False):
    """The text of a number; a dash for one that is not finite. short: for the diagram."""
    if not math.isfinite(value):
        return "–"
    places = 3 if short else PLACES
    if value == 0:
        return "0"
    if SMALL <= abs(value) < LARGE:
        left = max(0, math.floor(math.log10(abs(value))))
        text = f"{value:.{max(places - left, 0)}f}"
    else:
        mantissa, power = f"{value:.{places - 2}e}".split("e")
        text = f"{mantissa}·10{str(int(power)).translate(DIGITS)}"
    return text.replace("-", "−", 1)


def last_digit(value):
    """How much the last digit is worth that `shown` gives."""
    if not math.isfinite(value) or value == 0:
        return 10.0**-PLACES
    power = math.floor(math.log10(abs(value)))
    if SMALL <= abs(value) < LARGE:
        return 10.0 ** -max(PLACES - max(0, power), 0)
    return 10.0 ** (power - PLACES + 2)


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


def is_right(text, value):
    """Whether a typed number is `value`, or one off in its last shown digit."""
    typed = read(text)
    if typed is None or not math.isfinite(value):
        return False
    return abs(typed - read(shown(value))) <= 1.001 * last_digit(value)
