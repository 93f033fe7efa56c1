"""Benchmarks that compare Paragraf with something plain, in one run: ``python -m bench [group]``."""
