"""What this room reads, always scoped to a user."""
