"""Funding applications and what else is filled in from outside, from the first line to the decision."""
