"""One kind of picture each, drawn from arrays, without a browser."""
