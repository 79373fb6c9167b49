"""An answer in words: its value, the text of the option chosen, or why there is none."""

from __future__ import annotations

from assess.i18n import _, clauses, language
from assess.model.items import ChoiceItem, ChoicesItem
from assess.model.pack import Pack
from assess.workspace import wording
from assess.workspace.evidence import Evidence


def said(pack: Pack, one: Evidence) -> str:
    """What was answered."""
    if one.state != "answered":
        return wording.state_words().get(one.state) or _("open")
    item, value = pack.items[one.item], one.value
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(item, ChoiceItem | ChoicesItem):
        chosen = value if isinstance(value, list) else [value]
        texts = [pack.say(o.text, language()) for o in item.options if o.id in chosen]
        return clauses(texts) or wording.DASH
    return f"{value:g}" if isinstance(value, int | float) else str(value)
