"""What the group ``word`` compares: the same minutes as a template for each engine, and the engines themselves."""
