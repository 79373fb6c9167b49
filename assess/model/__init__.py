"""What things are: pydantic models without I/O."""
