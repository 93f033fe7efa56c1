"""The office's list of what has come in: chosen, searched, exported."""
