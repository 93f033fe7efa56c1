"""Paragraf: the office of a coordination association (samordningsförbund). See docs/architecture.md."""

__version__ = "0.1.0"
