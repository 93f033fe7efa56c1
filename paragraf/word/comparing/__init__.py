"""Two versions of a Word document compared: as tracked changes in a Word file, and as values for a page.

``compare`` writes the Word file, ``differences`` gives the values; both stand on the same alignment. ``accept_all`` and
``reject_all`` settle tracked changes, ours and others'.
"""

from paragraf.word.comparing.differences import differences
from paragraf.word.comparing.redline import Redline, compare, redline
from paragraf.word.comparing.revisions import accept_all, reject_all

__all__ = ["Redline", "accept_all", "compare", "differences", "redline", "reject_all"]
