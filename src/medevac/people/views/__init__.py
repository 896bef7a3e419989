"""The pages of this room. They read through selectors and write through services; neither is done here."""
