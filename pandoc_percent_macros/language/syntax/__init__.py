"""From the text of definitions and calls to trees."""
