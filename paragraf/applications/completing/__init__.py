"""Completion: what the office asks for question by question, what comes back, and what was handed in before."""
