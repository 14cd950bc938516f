"""The page's Python: settings, experiment, player, views and panels.

Everything here but `browser.py` and `canvas.py` imports under plain CPython, so that tests need
no browser.
"""
