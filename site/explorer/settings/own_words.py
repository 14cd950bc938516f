"""What the core says of tables belongs to the page's texts, so that it can be translated.

The sentences on doubts and refusals stand in nncore.reading.faults; here they enter the tables
"doubts" and "refusals", from which the page says them.
"""

from explorer.text.data import DOUBTS, REFUSED
from explorer.text.language import extend
from nncore.reading.faults import REFUSALS, SENTENCES, Doubt, TableError

extend("doubts", SENTENCES)
extend("refusals", REFUSALS)


def said(doubt: Doubt) -> str:
    """A doubt in the language of the moment."""
    sentence: str = DOUBTS[doubt.kind].format(**doubt.words)
    return sentence


def refusal(error: TableError) -> str:
    """A refusal in the language of the moment."""
    sentence: str = REFUSED[error.kind].format(**error.words)
    return sentence
