"""Patients who need treatment abroad: dossier, companions, consents, the one life of a case."""
