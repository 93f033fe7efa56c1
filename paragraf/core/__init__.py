"""What every subject stands on: settings, rows, errors, dates, money, identifiers, numbers and the log."""
