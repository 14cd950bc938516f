"""The page's Python: a room for each concern, a folder for each room.

Everything here but `browser` imports under plain CPython, so that tests need no browser. Which
room may use which is written in `tests/test_architecture.py`.
"""
