"""Disks and sticks: what a medium can do, files written whole and read back."""
