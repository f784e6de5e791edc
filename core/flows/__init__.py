"""Wizards as pure states: which pages there are, what stands against what was typed, and the command it makes.

The window draws them; tests walk them without it. A state judges by the very functions its service uses.
"""
