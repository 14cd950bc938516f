"""The notebook at work: what can be done with it."""
