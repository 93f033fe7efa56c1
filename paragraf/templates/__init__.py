"""The association's own Word templates: versions, which one is in use, previews before that, and its logo."""
