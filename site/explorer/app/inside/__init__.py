"""Inside a step: what the reader does there."""
