"""The network's picture: tiles, links, heads, and where they stand."""
