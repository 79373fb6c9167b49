"""The demonstration engagement "Riverside"."""
