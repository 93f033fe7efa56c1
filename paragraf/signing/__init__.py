"""Signature rounds: links, identification by code, signatures, evidence."""
