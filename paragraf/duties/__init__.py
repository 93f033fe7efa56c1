"""Obligations and reminders as rows, made by rules that are dated data."""
