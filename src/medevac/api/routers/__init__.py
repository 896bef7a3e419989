"""The routers for what lies below this room."""
