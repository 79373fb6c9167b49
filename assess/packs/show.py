"""A pack as plain text, line by line, as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator

from assess.i18n import N_, _, listed
from assess.model.condition_words import condition_words
from assess.model.items import Card, ChoiceItem, ChoicesItem, Item, NumberItem, RatingItem, Scale
from assess.model.pack import Pack, Questionnaire
from assess.model.pack_file import Module, Wave
from assess.model.text import Text

_AUDIENCE = {
    "interviewer": N_("answered by the interviewer"),
    "candidate": N_("answered by the candidate"),
    "manager": N_("answered by the line manager"),
}


def render(pack: Pack, language: str) -> Iterator[str]:
    """The lines of ``pack`` in ``language``: modules, competencies, milestones and all items."""
    page = _Page(pack, language)
    for block in page.blocks():
        indent = block[: len(block) - len(block.lstrip())]
        first, *more = block.splitlines() or [""]
        yield first
        yield from (indent + line for line in more)


class _Page:
    def __init__(self, pack: Pack, language: str) -> None:
        self._pack = pack
        self._language = language
        self._first = pack.file.languages[0]

    def _say(self, text: Text | None) -> str:
        return self._pack.say(text, self._language) if text else ""

    def blocks(self) -> Iterator[str]:
        """Everything in order; a text of several lines is one block."""
        yield from self.head()
        yield from self.competencies()
        yield from self.modules()
        yield from self.milestones()
        for questionnaire in self._pack.questionnaires.values():
            yield from self.questionnaire(questionnaire)

    def head(self) -> Iterator[str]:
        file = self._pack.file
        yield self._say(file.title)
        line = _("pack {id}, version {version}, languages {languages}, content {hash}")
        yield line.format(
            id=file.pack,
            version=file.version,
            languages=listed(file.languages),
            hash=self._pack.hash[:12],
        )
        yield from self._scale(file.scale)
        yield _("Bands: {bands}").format(
            bands=listed(
                _("{name} from {start:g}").format(name=self._say(band.name), start=band.start)
                for band in file.bands
            )
        )

    def _scale(self, scale: Scale) -> Iterator[str]:
        yield _("Scale from {low:g} to {high:g}").format(low=scale.low, high=scale.high)
        for level, words in sorted(scale.levels.items()):
            yield f"  {level:g}  {self._say(words)}"

    def competencies(self) -> Iterator[str]:
        yield from self._title(_("Competencies"))
        for competency in self._pack.file.competencies:
            kind = _(" (of the arrangement)") if competency.kind == "arrangement" else ""
            yield f"{competency.id}  {self._say(competency.name)}{kind}"
            if competency.definition:
                yield f"  {self._say(competency.definition)}"

    def modules(self) -> Iterator[str]:
        yield from self._title(_("Modules: weights (minimums)"))
        for module in self._pack.file.modules:
            yield f"{module.id}  {self._say(module.name)}"
            yield "  " + listed(self._weight(module, name) for name in module.weights)
            for name, share in module.knowledge.items():
                line = _("  {competency}: {percent:g} % from the knowledge check")
                yield line.format(competency=name, percent=100 * share)
            if module.gates:
                line = _("  must be yes before an appointment: {gates}")
                yield line.format(gates=listed(module.gates))
            if module.reason:
                yield f"  {self._say(module.reason)}"

    @staticmethod
    def _weight(module: Module, name: str) -> str:
        least = f" (≥ {module.minimums[name]:g})" if name in module.minimums else ""
        return f"{name} {module.weights[name]:g}{least}"

    def milestones(self) -> Iterator[str]:
        yield from self._title(_("Milestones"))
        for wave in self._pack.file.waves:
            yield f"{wave.id}  {self._say(wave.name)}: {self._asked(wave)}"

    @staticmethod
    def _asked(wave: Wave) -> str:
        return _("everything") if isinstance(wave.asks, str) else listed(wave.asks)

    def questionnaire(self, questionnaire: Questionnaire) -> Iterator[str]:
        yield from self._title(f"{questionnaire.id}  {self._say(questionnaire.title)}")
        counts = _("it counts") if questionnaire.counting else _("it does not count")
        yield listed([_(_AUDIENCE[questionnaire.audience]), counts])
        if questionnaire.intro:
            yield self._say(questionnaire.intro)
        for section in questionnaire.sections:
            yield ""
            yield f"-- {self._say(section.title)} --"
            for item in section.items:
                yield ""
                yield from self.item(item)

    def item(self, item: Item) -> Iterator[str]:
        about = [item.competency or "", listed(item.modules or ()), self._say(item.method)]
        told = " · ".join(part for part in about if part)
        yield f"{item.id}  [{told}]" if told else item.id
        yield f"  {self._say(item.ask)}"
        probes = item.probes.say(self._language, self._first) if item.probes else []
        yield from (f"    > {probe}" for probe in probes)
        yield from self._answers(item)
        yield from ("    " + line for line in self._rules(item))
        for card in item.cards:
            yield from self._card(card)
        if item.evidence:
            yield "  " + _("Evidence: {text}").format(text=self._say(item.evidence))
        if item.reason:
            yield "  " + _("Reason: {text}").format(text=self._say(item.reason))

    def _card(self, card: Card) -> Iterator[str]:
        head = _("Card {id}: {modules}") if card.modules else _("Card {id}")
        yield "  " + head.format(id=card.id, modules=listed(card.modules or ()))
        yield from ("    | " + line for line in self._say(card.text).splitlines())
        for point in card.look_for.say(self._language, self._first) if card.look_for else []:
            yield "    □ " + point

    def _answers(self, item: Item) -> Iterator[str]:
        """What can be answered, and what it earns."""
        if isinstance(item, RatingItem):
            for level, anchor in sorted(item.anchors.items()):
                yield f"    {level:g}  {self._say(anchor)}"
        elif isinstance(item, ChoiceItem | ChoicesItem):
            for option in item.options:
                points = f"  [{option.points:g}]" if option.points is not None else ""
                yield f"    {option.id}  {self._say(option.text)}{points}"
        elif isinstance(item, NumberItem):
            for band in item.bands:
                yield f"    ≥ {band.start:g}  [{band.points:g}]"

    def _rules(self, item: Item) -> Iterator[str]:
        """Within what it is answered, whether it must be, and when it is asked."""
        if isinstance(item, RatingItem) and item.scale:
            yield from self._scale(item.scale)
        elif isinstance(item, ChoicesItem) and item.bounds:
            line = _("{low:g} to {high:g} points in all")
            yield line.format(low=item.bounds.low, high=item.bounds.high)
        elif isinstance(item, NumberItem) and (item.range or item.unit):
            said = _("A number")
            if item.range:
                said = _("A number from {low} to {high}").format(
                    low=f"{item.range.low:g}", high=f"{item.range.high:g}"
                )
            yield f"{said} ({self._say(item.unit)})" if item.unit else said
        if item.required:
            yield _("must be answered")
        if item.when is not None:
            yield _("Only if: {condition}").format(condition=condition_words(item.when))

    def _title(self, title: str) -> Iterator[str]:
        yield ""
        yield f"== {title} =="
