"""The panel: where raters differ enough to talk, and the value that they then agree on."""

from __future__ import annotations

from collections.abc import Mapping

from assess.errors import BadInput
from assess.i18n import N_, _, language, ngettext
from assess.model.items import RatingItem
from assess.tui.commands import Command, bindings
from assess.tui.screens.differences import DifferencesScreen
from assess.tui.screens.form import Field, FormScreen
from assess.tui.screens.interview_item import number_words
from assess.tui.widgets.cells import Spans
from assess.tui.widgets.wrapping import pad
from assess.workspace.evidence import Disagreement, disagreements


class PanelScreen(DifferencesScreen[Disagreement]):
    """The differences, the widest first; below, the one that is lit with its notes."""

    ABOUT = N_(
        "Ratings of one item that lie as far apart as the pack wants talked over, the widest "
        "first; below, the lit one with each rater's note. Talk about evidence, then record "
        "the value agreed on with the reason: it counts from then on, and the ratings stay "
        "beside it."
    )

    ACTIONS = (
        Command(
            "panel.agree",
            "settle",
            "enter",
            N_("agree on a value"),
            N_("Record the value that the panel agreed on, with a reason; all ratings stay."),
            footer=1,
        ),
        Command(
            "panel.leave",
            "leave",
            "escape,q,d",
            N_("back"),
            N_("Back to where one came from."),
            footer=2,
        ),
    )
    BINDINGS = bindings(ACTIONS)

    _called: Mapping[str, str] = {}
    """Codes and names of the candidates."""

    def read(self) -> list[Disagreement]:
        """Where ratings that may be seen lie far apart, and what the candidates are called."""
        people = self.workspace.candidates().values()
        self._called = {one.id: f"{one.id} {one.name}".strip() for one in people}
        return disagreements(self.workspace)

    def title_words(self) -> str:
        """The engagement's panel."""
        return _("Panel · {engagement}").format(engagement=self.workspace.engagement.name)

    def summary_words(self, found: list[Disagreement]) -> str:
        """How many there are, and for how many no value is agreed."""
        apart = number_words(self.workspace.pack.file.policy.discuss_at)
        if not found:
            return _("Nobody whose ratings may be seen differs by {apart} or more.").format(
                apart=apart
            )
        told = ngettext(
            "{n} item where ratings differ by {apart} or more, {open} without an agreed value.",
            "{n} items where ratings differ by {apart} or more, {open} without an agreed value.",
            len(found),
        )
        still = sum(one.agreed is None for one in found)
        return told.format(n=len(found), apart=apart, open=still)

    def line(self, one: Disagreement) -> Spans:
        """Candidate, item and wave, what each rater gave, and what was agreed."""
        given = "  ".join(f"{rater} {number_words(v)}" for rater, v in one.ratings.items())
        agreed = _("agreed {value}").format(value=number_words(one.agreed or 0))
        return [
            ("  " + pad(self._called.get(one.candidate, one.candidate), 18) + " ", "strong"),
            (pad(one.item, 11), ""),
            (pad(one.wave, 6), "muted"),
            (given, ""),
            ("   " + agreed if one.agreed is not None else "", "accent"),
        ]

    def told(self, one: Disagreement) -> list[str]:
        """The question, and each rating with its note."""
        pack = self.workspace.pack
        lines = [pack.say(pack.items[one.item].ask, language())]
        for rater, value in one.ratings.items():
            note = one.notes[rater].replace("\n", " / ") or _("no note")
            lines.append(f"{pad(rater, 4)}{number_words(value)}  {note}")
        if one.agreed is not None:
            agreed = _("agreed {value}").format(value=number_words(one.agreed))
            lines.append(_("{label}: {value}").format(label=agreed, value=one.agreed_reason))
        return lines

    async def settle(self, one: Disagreement) -> None:
        """Ask for the value and the reason, and record them; what is refused is said there."""
        pack = self.workspace.pack
        item = pack.items[one.item]
        assert isinstance(item, RatingItem)
        scale = pack.scale_of(item)
        value = _("Which value did the panel agree on? {low} to {high}").format(
            low=number_words(scale.low), high=number_words(scale.high)
        )
        reason = _("Why? The reason stays on record beside the ratings.")
        stands = "" if one.agreed is None else number_words(one.agreed)
        fields = [Field("value", value, stands), Field("reason", reason, one.agreed_reason)]

        def keep(texts: dict[str, str]) -> None:
            agreed = _number(texts["value"])
            self.workspace.agree(one.candidate, one.item, agreed, texts["reason"], wave=one.wave)

        asked = pack.say(item.ask, language())
        form = FormScreen(f"{one.candidate} · {one.item}", asked, fields, keep)
        await self.app.push_screen_wait(form)


def _number(typed: str) -> float:
    try:
        return float(typed.replace(",", "."))
    except ValueError:
        raise BadInput(
            _("{value!r} is not a number on the item's scale").format(value=typed)
        ) from None
