"""Templates: a Word file with tags compiled once and filled many times, in the looks that the file itself has."""
