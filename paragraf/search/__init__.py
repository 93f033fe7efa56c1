"""Full-text search over what the association has decided: one table of entries, filled by the rooms that have them."""
