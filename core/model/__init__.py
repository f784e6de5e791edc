"""The facts: frozen dataclasses and enums, nothing else. Commands stand beside the noun they are about."""
