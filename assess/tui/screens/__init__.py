"""Screens: one module each, imported at their first use."""
