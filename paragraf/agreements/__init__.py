"""Agreements between member organisations: parties, yearly revision, notice of change."""
