"""Records: kinds as data, versions, due dates, reconciliation."""
