"""Inside a step: one step of training as a walk, what happened over time, the loss around it."""
