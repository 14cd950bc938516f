"""Errors are part of the interface: their whole text is compared."""

import re


def exactly(text: str) -> str:
    """A pattern for pytest.raises(match=...) that fits this text and no other."""
    return f"^{re.escape(text)}$"
