"""What the pages of this room read, always for a user."""
