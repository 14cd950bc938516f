"""Colours, scales and views: arrays and numbers to pixels, paths and marks."""
