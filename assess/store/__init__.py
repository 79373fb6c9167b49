"""Where records live: the Store protocol and the TinyDB folder."""
