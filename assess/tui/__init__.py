"""The terminal app (the only room that knows Textual)."""

from assess.terminal import prepare

prepare()
