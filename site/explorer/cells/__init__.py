"""What runs the cells of a notebook, in a Python of their own."""
