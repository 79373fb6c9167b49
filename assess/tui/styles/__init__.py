"""The look: one accent colour, dark, light, and the terminal's own sixteen."""
