"""What happened and who looked: history of every change, access log, numbered exports."""
