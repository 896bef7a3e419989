"""What `medevac directory` runs inside Django, as the login role of the service."""
