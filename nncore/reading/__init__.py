"""Reading tables as people have them: separators, decimal commas, headers, missing values, damage.

`nncore.read_table` is the way in; who wants to choose roles and have the rows split takes `read`
and `prepare`. The work is done here, module by module: bytes become text, text
becomes rows, rows become columns with a type and a role, and whatever was doubtful is said.
Nothing is repaired in silence.
"""

from nncore.reading.preparing import prepare
from nncore.reading.reader import read

__all__ = ["prepare", "read"]
