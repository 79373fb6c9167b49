"""What can be chosen for an export: which choices there are, which apply, what they are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assess.i18n import _, language
from assess.workspace import wording
from assess.workspace.exporting import EXPORTS, FORMATS
from assess.workspace.workspace import Workspace

FIELDS = ("what", "module", "top", "candidate", "questionnaire", "names", "format")
ALL = ""
"""The choice of every module, and of nobody in particular."""
_FOR_PEOPLE = ("feedback", "person", "plan", "kit", "form", "method")
"""Exports that are asked for to be read: a page comes first."""


class ExportChoices:
    """The choices made so far, by field; ``chosen`` holds the code of each."""

    def __init__(
        self,
        workspace: Workspace,
        module: str = ALL,
        candidate: str = "",
        *,
        what: str = "",
        further: Mapping[str, Any] | None = None,
    ) -> None:
        self._workspace = workspace
        self._further = dict(further or {})
        self.chosen = {
            "what": what or ("feedback" if candidate else "shortlist"),
            "module": module,
            "top": str(workspace.pack.file.policy.top),
            "candidate": candidate,
            "questionnaire": self.options("questionnaire")[0],
            "names": "names",
            "format": FORMATS[0],
        }
        self._opened_for, self._opened_on = candidate, module
        self._by_hand: set[str] = set()
        self._follow()

    def _follow(self) -> None:
        """Let what was not chosen by hand go with what is exported."""
        if "format" not in self._by_hand:
            self.chosen["format"] = "html" if self.chosen["what"] in _FOR_PEOPLE else FORMATS[0]
        if "candidate" not in self._by_hand:
            self.chosen["candidate"] = self._opened_for
        people = self.options("candidate")
        if people and self.chosen["candidate"] not in people:
            self.chosen["candidate"] = people[0]
        subject = EXPORTS[self.chosen["what"]].subject
        if "module" not in self._by_hand:
            # a sheet on somebody is on all modules that they stand for
            self.chosen["module"] = ALL if subject else self._opened_on
        if self.chosen["module"] not in self.options("module"):
            self.chosen["module"] = ALL

    def applies(self, field: str) -> bool:
        """Whether the export chosen takes this choice."""
        kind = EXPORTS[self.chosen["what"]]
        if field == "candidate":
            return kind.subject or kind.blank
        option = "pseudonyms" if field == "names" else field
        return field in ("what", "format") or option in kind.takes

    def change(self, field: str, step: int) -> bool:
        """Choose the next or previous one; False where the field does not apply."""
        if not self.applies(field):
            return False
        options = self.options(field)
        at = options.index(self.chosen[field]) if self.chosen[field] in options else 0
        self.chosen[field] = options[(at + step) % len(options)]
        self._by_hand.add(field)
        self._follow()
        return True

    def options(self, field: str) -> list[str]:
        """The codes that a field may have."""
        people = list(self._workspace.candidates())
        if field == "what":
            leaves = bool(self._further.get("without"))
            return [
                what
                for what, one in EXPORTS.items()
                if (people or not one.subject) and (leaves or not one.leaving)
            ]
        if field == "candidate":
            return [ALL, *people] if EXPORTS[self.chosen["what"]].blank else people
        if field == "questionnaire":
            # the one for interviewers comes first, as on the command line
            asked = self._workspace.pack.questionnaires.values()
            return [q.id for q in sorted(asked, key=lambda q: q.audience != "interviewer")]
        if field == "names":
            return ["names", "codes"]
        if field == "module":
            return [ALL, *self._modules()]
        if field == "top":
            return [str(n) for n in range(1, max(11, len(people) + 1))]
        return list(FORMATS)

    def _modules(self) -> list[str]:
        """The modules to choose from: of a sheet on somebody those that they stand for."""
        people, code = self._workspace.candidates(), self.chosen["candidate"]
        if EXPORTS[self.chosen["what"]].subject and code in people:
            return self._workspace.modules_of(people[code])
        return [module.id for module in self._workspace.modules]

    def label(self, field: str) -> str:
        """What the field is called."""
        return {
            "what": _("what"),
            "module": _("module"),
            "top": _("how many"),
            "candidate": _("candidate"),
            "questionnaire": _("questionnaire"),
            "names": _("shown as"),
            "format": _("format"),
        }[field]

    def words(self, field: str) -> str:
        """What is chosen, in words; a dash where the field does not apply."""
        if not self.applies(field):
            return wording.DASH
        chosen = self.chosen[field]
        if field == "what":
            return _(EXPORTS[chosen].label)
        if field == "candidate":
            if chosen == ALL:
                return _("nobody yet: a blank form")
            return f"{chosen} {self._workspace.candidate(chosen).name}".strip()
        if field == "questionnaire":
            pack = self._workspace.pack
            return pack.say(pack.questionnaires[chosen].title, language())
        if field == "names":
            return _("names") if chosen == "names" else _("codes only, no names")
        if field == "module":
            return self._module_words(chosen)
        return _("the best {n}").format(n=chosen) if field == "top" else chosen

    def _module_words(self, module: str) -> str:
        if module == ALL:
            return _("all modules")
        pack = self._workspace.pack
        return f"{module} {pack.say(pack.modules[module].name, language())}"

    def wanted(self) -> dict[str, Any]:
        """The choices as the export takes them."""
        chosen = self.chosen
        values: dict[str, Any] = {
            "module": ("modules", [chosen["module"]] if chosen["module"] != ALL else []),
            "top": ("top", int(chosen["top"])),
            "candidate": ("candidate", chosen["candidate"]),
            "questionnaire": ("questionnaire", chosen["questionnaire"]),
            "names": ("pseudonyms", chosen["names"] == "codes"),
        }
        found: dict[str, Any] = dict(pair for field, pair in values.items() if self.applies(field))
        return (self._further if chosen["what"] in ("plan", "kit") else {}) | found

    def suggestion(self) -> str:
        """A path in the folder that one works in, with a name that says what is in the file."""
        words = [self._workspace.engagement.name, self.chosen["what"]]
        if self.applies("module") and self.chosen["module"] != ALL:
            words.append(self.chosen["module"])
        if self.applies("candidate") and self.chosen["candidate"] != ALL:
            words.append(self.chosen["candidate"])
        stem = re.sub(r"[^\w.-]+", "-", "-".join(words)).strip("-.").lower()
        return str(Path.cwd() / f"{stem}.{self.chosen['format']}")
