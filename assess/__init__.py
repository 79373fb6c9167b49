"""assess: choose, prove and grow the key users of an ERP roll-out."""

__version__ = "0.1.0"
