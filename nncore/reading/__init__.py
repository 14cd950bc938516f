"""Reading tables as people have them: separators, decimal commas, headers, missing values, damage.

`nncore.read_table` is the way in. The work is done here, module by module: bytes become text, text
becomes rows, rows become columns with a type and a role, and whatever was doubtful is said.
Nothing is repaired in silence.
"""
