"""Clauses with their states, waivers, the table of lifetimes in versions, the calendar."""
