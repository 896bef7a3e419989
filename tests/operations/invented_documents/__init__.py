"""A room with documents, as one will come: keys of a person's files, in the database and on disk."""
