"""What `build.py` is made of: fetching, compiling, bundling, serving and testing.

Everything here runs on the bare standard library of Python 3.11, and on Node for what has to
happen inside Pyodide.
"""
