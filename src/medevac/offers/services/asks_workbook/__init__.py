"""Asks, answers, offers and choices by workbook: each sheet, the trial, the export."""
