"""Places, asking, offers and the patient's choice: what hospitals can give, and who gets it."""
