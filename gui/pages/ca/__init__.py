"""The sections of a workspace with authorities of its own."""
