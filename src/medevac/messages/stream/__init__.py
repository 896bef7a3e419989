"""The event stream: what a user's open pages learn at once, over one LISTEN connection for each process."""
