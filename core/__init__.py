"""Everything Anchorhold decides; no window in here (see README, "The house")."""

__version__ = "0.1.0"
