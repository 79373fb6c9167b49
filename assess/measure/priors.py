"""The priors that variance components are shrunk to, in one place.

Source: docs/measurement.md, section 6.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Priors:
    """Prior standard deviations in points of the 0-100 scale and the weight they have.

    ``strength`` is in degrees of freedom: a component estimated with as many degrees of freedom
    counts as much as its prior. With strength 0 nothing is shrunk.
    """

    strength: float = 4.0
    rater: float = 8.0
    halo: float = 9.0
    cell: float = 18.0
    candidate: float = 15.0

    def __post_init__(self) -> None:
        for name in ("strength", "rater", "halo", "cell", "candidate"):
            value = float(getattr(self, name))
            if not 0.0 <= value < float("inf"):
                raise ValueError(f"{name} must be a finite number of at least 0, not {value}")

    @property
    def pseudo_answers(self) -> float:
        """Answers without effect added to each item (kappa): half the strength."""
        return self.strength / 2

    def shrink(self, estimate: float, df: float, prior_sd: float) -> float:
        """(strength x prior variance + df x estimate) / (strength + df), in points squared.

        The posterior mean of a variance under a scaled inverse chi-square prior, up to its
        constant. Without prior and without degrees of freedom it is 0.
        """
        if self.strength + df <= 0:
            return 0.0
        return (self.strength * prior_sd**2 + df * estimate) / (self.strength + df)
