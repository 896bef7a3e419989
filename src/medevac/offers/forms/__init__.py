"""What people fill in: places, asks, answers, offers, the choice."""
