"""Arrays to numbers: the readiness score and everything said about it."""
