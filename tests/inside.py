"""Read what stands in the page in one file as text, by a way of its own: bit after bit."""

import string

VISIBLE = string.printable[:94]  # digits, letters, punctuation: no blanks
VALUES = {
    letter: value for value, letter in enumerate(sorted(c for c in VISIBLE if c not in "<&\\"))
}


def content_of(text: str) -> bytes:
    """Return the bytes for which `text` stands, 13 bits for two letters and six for one."""
    bits = ""
    for at in range(0, len(text), 2):
        values = [VALUES[letter] for letter in text[at : at + 2]]
        bits += f"{values[0] * 91 + values[1]:013b}" if len(values) == 2 else f"{values[0]:06b}"
    n = len(bits) // 8
    return int(bits[: 8 * n] or "0", 2).to_bytes(n)
