"""Four themes of one look; ``$muted`` is for text that stands back, ``$accent`` for what leads."""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES, Theme

DARK = Theme(
    name="assess-dark",
    primary="#6cb6d9",
    secondary="#6cb6d9",
    accent="#6cb6d9",
    warning="#d9b26c",
    error="#e5867a",
    success="#6cb6d9",
    foreground="#d7dbe0",
    background="#14171b",
    surface="#1c1f24",
    panel="#23272d",
    dark=True,
    variables={
        "muted": "#9ba3ae",
        "rule": "#3a424d",
        "cursor-line": "#2e343c",
        "footer-background": "#1c1f24",
        "block-cursor-background": "#2e343c",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
        "input-selection-background": "#35556b",
    },
)

LIGHT = Theme(
    name="assess-light",
    primary="#00608a",
    secondary="#00608a",
    accent="#00608a",
    warning="#724c00",
    error="#a3271b",
    success="#00608a",
    foreground="#1d2126",
    background="#fafafa",
    surface="#f0f1f3",
    panel="#e6e8eb",
    dark=False,
    variables={
        "muted": "#565f6a",
        "rule": "#b9c0c8",
        "cursor-line": "#d9e6ee",
        "footer-background": "#f0f1f3",
        "block-cursor-background": "#d9e6ee",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold",
        "input-selection-background": "#b9d7e6",
    },
)

# The terminal's own colours: nothing but its default ground and letters, and one of its sixteen.
PLAIN = Theme(
    name="assess-plain",
    ansi=True,
    primary="ansi_cyan",
    secondary="ansi_cyan",
    accent="ansi_cyan",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_cyan",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    dark=True,
    variables=BUILTIN_THEMES["ansi-dark"].variables
    | {
        "muted": "ansi_default",
        "rule": "ansi_default",
        "cursor-line": "ansi_default",
        "footer-background": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-text-style": "bold reverse",
        "border": "ansi_default",
        "border-blurred": "ansi_default",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_default",
        "scrollbar": "ansi_default",
        "scrollbar-background": "ansi_default",
    },
)

# Colours of Okabe and Ito's set ("Color Universal Design", 2008) on black: sky blue leads, yellow
# warns, and what failed is vermilion (lightened, so that it can be read) and bold. Their orange is
# left out: beside vermilion it is the same colour to whoever sees no red or no green.
SAFE = Theme(
    name="assess-safe",
    primary="#56b4e9",
    secondary="#56b4e9",
    accent="#56b4e9",
    warning="#f0e442",
    error="#f0763a",
    success="#56b4e9",
    foreground="#ffffff",
    background="#000000",
    surface="#121416",
    panel="#1d2025",
    dark=True,
    variables={
        "muted": "#b0b0b0",
        "rule": "#7d8791",
        "cursor-line": "#002f6b",
        "footer-background": "#121416",
        "block-cursor-background": "#002f6b",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
        "input-selection-background": "#0072b2",
    },
)

THEMES = (DARK, LIGHT, SAFE, PLAIN)
