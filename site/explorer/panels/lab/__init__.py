"""The panels of the Wine lab: table, charts, learned plane, film, seeds."""
