"""What the reader takes away: programs, tables, parameters, the package itself."""
