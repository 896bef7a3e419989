"""The processes of the service: web and worker, started, watched, started again, and stopped together."""
