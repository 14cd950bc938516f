"""The notebook on the page: cells, outputs, files."""
