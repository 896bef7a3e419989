"""Documents: files that are checked, encrypted and numbered. What they belong to, rooms above say."""
