"""Organisations, users, roles, sign-in, and the policy "who may do what to what"."""
