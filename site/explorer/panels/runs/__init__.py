"""The pieces of the page about many runs."""
