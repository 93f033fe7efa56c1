"""Reports on a grant: when they are due, begun, received, accepted, and as Word."""
