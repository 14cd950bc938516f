"""The time of a frame: how much training gets of it, and when it runs."""
