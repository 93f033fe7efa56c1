"""What has been decided, to find again: search, the decision index, how the meetings go against the plan's goals."""

from webapp.memory import basis, index, search, statistics
from webapp.memory.door import blueprint

__all__ = ["basis", "blueprint", "index", "search", "statistics"]
