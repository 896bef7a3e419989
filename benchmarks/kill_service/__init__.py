"""The smallest service that the kill test can judge: one address that writes, and one job for every write."""
