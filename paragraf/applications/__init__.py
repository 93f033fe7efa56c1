"""Funding applications, and the grants they lead to."""
