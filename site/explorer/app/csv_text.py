"""Tables to take away, as other programs read them."""

import csv
import io

FORMULA = ("=", "+", "-", "@", "\t")  # a cell that begins so is a formula to spreadsheets


def csv_text(rows):
    """Rows of values as a text of comma-separated values."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([[cell(value) for value in row] for row in rows])
    return out.getvalue()


def cell(value):
    """A text that a spreadsheet takes for a text, and a number as it is."""
    if isinstance(value, str) and value.startswith(FORMULA) and not is_number(value):
        return f"'{value}"
    return value


def is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


def full(number):
    """A number with all its digits; empty for a missing one."""
    return "" if number is None else repr(float(number))
