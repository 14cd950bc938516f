"""The only modules that touch JavaScript."""
