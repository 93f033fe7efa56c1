"""Both sides of the comparisons about minutes."""
