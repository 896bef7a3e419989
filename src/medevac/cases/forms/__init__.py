"""What the pages of this room ask for. Forms check the shape; services decide."""
