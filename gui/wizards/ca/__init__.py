"""Wizards of Local CA mode."""
