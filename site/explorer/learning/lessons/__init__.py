"""Lessons: how they are written, what they check, and how a result is proved by a replay."""
