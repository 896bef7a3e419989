"""Where: missions and their rules, countries, airports, hospitals with reach."""
