"""What a new version of a pack does to the answers that the old one gathered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from assess import i18n
from assess.i18n import _, listed
from assess.model.items import ChoiceItem, ChoicesItem, Item, NumberItem, RatingItem
from assess.model.pack import Pack
from assess.model.pack_file import Module, Wave
from assess.model.text import Text, Texts

Effect = Literal["refused", "counts", "carried", "kept", "words", "asked"]
EFFECTS: tuple[Effect, ...] = ("refused", "counts", "carried", "kept", "words", "asked")
"""``refused``: stored answers would be lost or mean something else. ``counts``: the same answers
give other results. ``carried``: answers come along under another id. ``kept``: answers stay and
count nowhere. ``words``: answers keep the words they were given under. ``asked``: only what is
asked from now on differs."""


@dataclass(frozen=True)
class Change:
    """One difference between two versions."""

    effect: Effect
    kind: str
    subject: str
    """The id of the item, module or other part, as the old version calls it where it has it."""
    text: str
    old: str = ""
    new: str = ""
    """The words or figures before and after."""
    answers: int | None = None
    """How many stored answers it concerns; None where no workspace was looked at."""

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return dict(vars(self))


def differences(old: Pack, new: Pack) -> list[Change]:
    """All differences that matter to answers or to their readers, the gravest first."""
    found = [*_identity(old, new), *_items(old, new), *_counting(old, new), *_asking(old, new)]
    return sorted(found, key=lambda change: EFFECTS.index(change.effect))


def successors(old_id: str, new: Pack) -> list[str]:
    """The items of the new version that carry on an item of the old one; several: it was split."""
    if old_id in new.items:
        return [old_id]
    return [item.id for _q, item in new.each_item() if old_id in item.was]


def _identity(old: Pack, new: Pack) -> Iterator[Change]:
    if old.ref.version == new.ref.version and old.ref.id == new.ref.id and old.hash != new.hash:
        what = _("the content differs and the version is the same: write another version")
        yield Change("refused", "same_version", new.ref.id, what, old.ref.version, new.ref.version)


# -- items


def _items(old: Pack, new: Pack) -> Iterator[Change]:
    carried: set[str] = set()
    for questionnaire, item in old.each_item():
        after = successors(item.id, new)
        carried.update(after)
        if not after:
            yield _gone(item.id, new)
            continue
        now = new.items[after[0]]
        if len(after) > 1:
            what = _("split into {items}: its answers go to {first}, the others are asked anew")
            what = what.format(items=listed(after), first=after[0])
            yield Change("carried", "split", item.id, what, item.id, ", ".join(after))
        elif now.id != item.id:
            what = _("renamed to {id}; its answers come along").format(id=now.id)
            yield Change("carried", "renamed", item.id, what, item.id, now.id)
        if new.home[now.id].id != questionnaire.id:
            what = _("moves from the questionnaire {old} to {new}, where nobody answered it")
            yield Change(
                "refused",
                "moved",
                item.id,
                what.format(old=questionnaire.id, new=new.home[now.id].id),
                questionnaire.id,
                new.home[now.id].id,
            )
        yield from _same_item(old, new, item, now)  # type: ignore[arg-type]
        for former in item.was:
            if not _resolves(former, new):
                what = _("no longer names {former} under 'was': those answers would be lost")
                yield Change("refused", "forgotten", item.id, what.format(former=former), former)
    for questionnaire, item in new.each_item():
        if item.id not in carried:
            what = _("new in the questionnaire {questionnaire}").format(
                questionnaire=questionnaire.id
            )
            yield Change("asked", "added", item.id, what, "", _say(new, item.ask))


def _resolves(item_id: str, new: Pack) -> bool:
    return item_id in new.items or item_id in new.present_id or item_id in new.file.retired


def _gone(item_id: str, new: Pack) -> Change:
    if item_id in new.file.retired:
        what = _("retired: its answers are kept, and count nowhere")
        return Change("kept", "retired", item_id, what)
    what = _("gone: name it under 'was' of the item that carries it on, or under 'retired'")
    return Change("refused", "vanished", item_id, what)


def _same_item(old: Pack, new: Pack, was: Item, now: Item) -> Iterator[Change]:
    """What changed within one item."""
    if was.type != now.type:
        what = _("changes its type from {old} to {new}: give the new question an id of its own")
        yield _change("refused", "retyped", was, what, was.type, now.type)
        return
    yield from _answers_fit(old, new, was, now)
    if was.competency != now.competency:
        what = _("counts for {new} instead of {old}")
        yield _change("counts", "competency", was, what, was.competency, now.competency)
    if was.modules != now.modules:
        what = _("is asked for the modules {new} instead of {old}")
        yield _change("counts", "modules", was, what, _list(was.modules), _list(now.modules))
    if was.when != now.when:
        what = _("is asked under another condition; an answer to a hidden item counts nowhere")
        yield _change("counts", "condition", was, what, "", "")
    if was.keyed or now.keyed:
        before, after = _points(was), _points(now)
        if before != after:
            what = _("earns other points: {new} instead of {old}")
            yield _change("counts", "points", was, what, before, after)
    if was.required != now.required:
        what = _("must be answered now") if now.required else _("may be left open now")
        yield Change("asked", "required", was.id, what)
    for key, one, other in _words(was, now):
        if one != other:
            what = _("other words in {key}; answers keep the words they were given under")
            words = _told_apart(old, new, one, other)
            yield Change("words", "words", was.id, what.format(key=key), *words)


def _change(
    effect: Effect, kind: str, part: Item | Module | Wave, what: str, *values: object
) -> Change:
    """A change whose words name the value before and the value after; a value may be a list."""
    old, new = values
    told = what.format(old=_told(old), new=_told(new))
    return Change(effect, kind, part.id, told, _plain(old), _plain(new))


def _told(value: object) -> str:
    return listed(value) if value and isinstance(value, list) else _plain(value)


def _plain(value: object) -> str:
    return (", ".join(value) if isinstance(value, list) else str(value or "")) or "–"


def _answers_fit(old: Pack, new: Pack, was: Item, now: Item) -> Iterator[Change]:
    """Values that the new item no longer takes, or that would mean something else."""
    if isinstance(was, RatingItem) and isinstance(now, RatingItem):
        one, other = old.scale_of(was), new.scale_of(now)
        if (one.low, one.high) != (other.low, other.high):
            what = _("is rated from {new} instead of {old}: give it a new id and retire this one")
            ends = [
                _("{low:g} to {high:g}").format(low=scale.low, high=scale.high)
                for scale in (one, other)
            ]
            yield _change("refused", "scale", was, what, *ends)
    elif isinstance(was, ChoiceItem | ChoicesItem) and isinstance(now, ChoiceItem | ChoicesItem):
        kept = {option.id for option in now.options}
        gone = [option.id for option in was.options if option.id not in kept]
        if gone:
            what = _("no longer has the option {old}: keep it, or give the question a new id")
            yield _change("refused", "options", was, what, gone, "")
    elif isinstance(was, NumberItem) and isinstance(now, NumberItem) and now.range != was.range:
        ends = [
            _("{low:g} to {high:g}").format(low=span.low, high=span.high) if span else ""
            for span in (was.range, now.range)
        ]
        what = _("takes numbers from {new} instead of {old}")
        yield _change("refused", "range", was, what, *ends)


def _words(was: Item, now: Item) -> Iterator[tuple[str, Any, Any]]:
    for key in ("ask", "probes", "evidence", "method", "reason"):
        yield key, getattr(was, key), getattr(now, key)
    yield from _cards(was, now)
    if isinstance(was, RatingItem) and isinstance(now, RatingItem):
        for level in sorted({*was.anchors, *now.anchors}):
            yield f"anchors > {level:g}", was.anchors.get(level), now.anchors.get(level)
    if isinstance(was, ChoiceItem | ChoicesItem) and isinstance(now, ChoiceItem | ChoicesItem):
        texts = {option.id: option.text for option in now.options}
        for option in was.options:
            if option.id in texts:
                yield f"options > {option.id}", option.text, texts[option.id]


def _cards(was: Item, now: Item) -> Iterator[tuple[str, Any, Any]]:
    before, after = ({card.id: card for card in item.cards} for item in (was, now))
    for code in {**before, **after}:
        one, other = before.get(code), after.get(code)
        for key in ("text", "look_for"):
            yield f"cards > {code} > {key}", getattr(one, key, None), getattr(other, key, None)


def _points(item: Item) -> list[str]:
    if isinstance(item, ChoiceItem | ChoicesItem):
        return [f"{o.id} {o.points:g}" for o in item.options if o.points is not None]
    if isinstance(item, NumberItem):
        return [f"≥ {band.start:g} {band.points:g}" for band in item.bands]
    return []


def _list(ids: list[str] | None) -> list[str] | str:
    return _("all") if ids is None else ids


def _told_apart(old: Pack, new: Pack, one: Any, other: Any) -> tuple[str, str]:
    """Both texts in the language in use, or in the first in which they differ."""
    for language in (i18n.language(), *new.file.languages, *old.file.languages):
        pair = _say(old, one, language), _say(new, other, language)
        if pair[0] != pair[1]:
            return pair
    return str(one or ""), str(other or "")


def _say(pack: Pack, text: Text | Texts | None, language: str = "") -> str:
    language = language or i18n.language()
    if isinstance(text, Texts):
        return " / ".join(text.say(language, pack.file.languages[0]))
    return pack.say(text, language) if text is not None else ""


# -- what counts how much


def _counting(old: Pack, new: Pack) -> Iterator[Change]:
    for code, module in old.modules.items():
        now = new.modules.get(code)
        if now is None:
            yield Change("refused", "module_vanished", code, _("the module is gone"))
        else:
            yield from _module(module, now)
    for code, module in new.modules.items():
        if code not in old.modules:
            yield Change("asked", "module_added", code, _("a new module"), "", _figures(module))
    for name in ("policy", "priors"):
        yield from _figures_changed(
            name, name, vars(getattr(old.file, name)), vars(getattr(new.file, name))
        )
    bands = [{band.id: band.start for band in pack.file.bands} for pack in (old, new)]
    yield from _figures_changed("bands", "bands", *bands)
    for code, competency in new.competencies.items():
        before = old.competencies.get(code)
        if before is not None and before.kind != competency.kind:
            what = _("is of the kind {new} instead of {old}")
            what = what.format(old=before.kind, new=competency.kind)
            yield Change("counts", "kind", code, what, before.kind, competency.kind)
    for code, questionnaire in old.questionnaires.items():
        after = new.questionnaires.get(code)
        if after is not None and after.counting != questionnaire.counting:
            what = _("counts now") if after.counting else _("counts no longer")
            yield Change("counts", "questionnaire", code, what)


def _module(was: Module, now: Module) -> Iterator[Change]:
    for kind in ("weights", "minimums", "knowledge"):
        yield from _figures_changed(kind, was.id, getattr(was, kind), getattr(now, kind))
    if was.gates != now.gates:
        what = _("other gates: {new} instead of {old}")
        yield _change("counts", "gates", was, what, was.gates, now.gates)


def _figures_changed(
    kind: str, subject: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Change]:
    changed = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    if changed:
        words = [f"{key} {_figure(old.get(key))} → {_figure(new.get(key))}" for key in changed]
        what = _("other {kind}: {changes}").format(kind=kind, changes=listed(words))
        yield Change(
            "counts",
            kind,
            subject,
            what,
            ", ".join(f"{key} {_figure(old.get(key))}" for key in changed),
            ", ".join(f"{key} {_figure(new.get(key))}" for key in changed),
        )


def _figure(value: object) -> str:
    return "–" if value is None else str(value).removesuffix(".0")


def _figures(module: Module) -> str:
    return ", ".join(f"{name} {weight:g}" for name, weight in module.weights.items())


# -- what is asked


def _asking(old: Pack, new: Pack) -> Iterator[Change]:
    for code, wave in old.waves.items():
        now = new.waves.get(code)
        if now is None:
            yield Change("refused", "wave_vanished", code, _("the milestone is gone"))
        elif now.asks != wave.asks:
            what = _("asks for {new} instead of {old}")
            before, after = (_list(None if w.asks == "all" else w.asks) for w in (wave, now))
            yield _change("counts", "wave", wave, what, before, after)
    for code in new.waves.keys() - old.waves.keys():
        yield Change("asked", "wave_added", code, _("a new milestone"))
    if old.file.notice != new.file.notice:
        one, other = _told_apart(old, new, old.file.notice, new.file.notice)
        yield Change("words", "notice", "notice", _("another notice"), one, other)
