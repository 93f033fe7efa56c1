"""Word to PDF by a LibreOffice that is kept warm, and a PDF's pages as pictures. ``making`` is the door."""
