"""The workbook of cases: template, reading with every fault by its cell, writing. Knows nothing of Django."""
