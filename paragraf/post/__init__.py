"""Letters: queued in the transaction of the act, delivered after it."""
