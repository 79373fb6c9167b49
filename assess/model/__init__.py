"""What things are: pydantic models without I/O."""

import os

# pydantic would read the metadata of every package installed, in search of plugins to its models
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
