"""Meetings of bodies: notice, agenda, attendance and serving substitutes."""
