"""The notebook as data: its cells and outputs, and its file format."""
