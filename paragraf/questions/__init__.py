"""The language of forms: definitions, answers, conditions, computed sums and how they are shown. No rows, no web."""
