"""Earlier minutes read from a file. Pure: bytes in, what was understood and what was not out; no rows, no clock."""
