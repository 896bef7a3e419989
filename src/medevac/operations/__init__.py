"""Keeping the service in good order: is it ready, how does it fare, what must go, and whom to forget.

Registries that the rooms above fill; it knows audit and people, and nothing of cases or messages.
"""
