"""A Word file as a package of parts: opened with suspicion, written the same way every time."""
