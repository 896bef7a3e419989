"""Dates in Polish with dots, as they are written by hand; one blank before the hour."""

SHORT_DATE_FORMAT = "d.m.Y"
SHORT_DATETIME_FORMAT = "d.m.Y H:i"
