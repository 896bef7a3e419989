"""Reads of this room, always scoped to a user."""
