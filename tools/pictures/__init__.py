"""Pictures of every page: a site of its own, stories that fill in forms, a camera, and sheets to look at."""
