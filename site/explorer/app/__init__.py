"""The application: what can be done, and what happens from frame to frame."""
