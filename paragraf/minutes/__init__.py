"""Minutes: §§, decisions, numbers, verification, notice on the board, certified extracts."""
