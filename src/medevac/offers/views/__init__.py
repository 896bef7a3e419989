"""What is shown: pages of places, asks, offers, the choice, and the national view."""
