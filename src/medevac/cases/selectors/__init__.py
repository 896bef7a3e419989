"""What the pages of this room read, always scoped to a user."""
