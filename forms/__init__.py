"""What outsiders and the office fill in: the definitions, and the shape of the fields. No queries."""
