"""The English of every Swedish text, and the finder that keeps the two in step."""
