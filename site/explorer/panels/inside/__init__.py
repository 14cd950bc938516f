"""Inside a step: its formulas, its numbers on the diagram, its landscape."""
