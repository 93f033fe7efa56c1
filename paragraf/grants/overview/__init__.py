"""The board's picture: committed and free money against the year's funds, and own capital against its cap."""
