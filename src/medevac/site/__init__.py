"""The shell of the service: settings, addresses, base templates, static files and the start page."""
