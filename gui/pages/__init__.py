"""The sections of the window: each shows one part of what the core says, none decides anything."""
