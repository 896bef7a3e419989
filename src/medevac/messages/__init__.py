"""Messages that leave through an outbox: channels, inbox, event stream."""
