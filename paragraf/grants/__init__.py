"""Grants: what a decision gave an application, and what becomes of it until the matter is closed."""
