"""What `medevac` runs inside Django, as the owner of the tables."""
