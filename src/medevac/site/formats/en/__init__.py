"""English, as partners in Europe write it."""
