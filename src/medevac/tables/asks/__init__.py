"""The workbook of asks, answers, offers and choices: sheets, reading with faults by cell, writing."""
