"""Tables in and out: files that people and agencies keep in rows, and the faults found in them."""
