"""Associations, member organisations and their units, bodies, persons, mandates and roles; and who may sign in."""
