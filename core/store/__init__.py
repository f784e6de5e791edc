"""SQLite behind one door: the only rung that knows SQL."""
