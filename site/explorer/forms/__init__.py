"""Settings as form elements: their HTML, and what the reader enters."""
