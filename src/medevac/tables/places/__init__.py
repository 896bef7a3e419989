"""The workbook of a hospital's places: a sheet of places, one row each, and a sheet of its counted pools."""
