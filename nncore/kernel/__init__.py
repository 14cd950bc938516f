"""A compiler from networks to WebAssembly, in Python and NumPy alone.

train(..., engine=...) and Engine.model give the same numbers as the NumPy path, but for rounding,
many times faster where a NumPy call is dear. From the bottom up: `binary` is the file format,
`assembler` turns formulas into instructions, `mathlib` holds exp and its kin, `products`, `units`
and `steps` the network's arithmetic, `plan` and `module` put a program together, `compiled` and
`engine` run it. Import `Engine` from nncore.kernel.engine, `Unsupported` from nncore.kernel.plan.
"""
