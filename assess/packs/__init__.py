"""YAML to model: load, check, schema."""
