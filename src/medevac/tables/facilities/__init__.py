"""Published lists of hospitals and runways in, hospitals that a plan can use out. Nothing is fetched here."""
