"""Decisions made by delegation (lag 2003:1210 10 §): who may decide what, and what the body has been told."""
