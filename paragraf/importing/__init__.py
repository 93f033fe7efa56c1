"""Minutes that were written elsewhere: read, shown before they are taken in, and continued by the number series."""
