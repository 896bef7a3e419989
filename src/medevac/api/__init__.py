"""How programs come in: tokens of organisations, their scopes, bounded pages, and the registry of routers."""
