"""What is open, how it changes, what can be undone, and what the last visit left."""
