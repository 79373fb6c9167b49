"""Load and check packs: every mistake at once, each with its place and what would be right."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from pydantic import BaseModel, ValidationError

from assess.i18n import _, listed
from assess.model.calibration import Calibration
from assess.model.pack import Continuity, Development, Pack, Questionnaire
from assess.model.pack_file import PackFile
from assess.packs.advice import advice
from assess.packs.conditions import check_conditions
from assess.packs.finding import Finding
from assess.packs.folder import PACK_FILE, as_bad_input, content_hash, file_finding
from assess.packs.layers import own_name, read_layers, split
from assess.packs.laying import laid
from assess.packs.references import check_references
from assess.packs.rules import check_rules
from assess.packs.shape import shape_findings
from assess.packs.sheets import Sheets
from assess.packs.spot import Spot, empty, way_in_words

KINDS: dict[str, type[BaseModel]] = {
    PACK_FILE: PackFile,
    "development.yaml": Development,
    "continuity.yaml": Continuity,
    "calibration.yaml": Calibration,
}
"""The files with a name of their own; every other one is a questionnaire."""


def load_pack(path: str | os.PathLike[str]) -> Pack:
    """The pack in a folder. Raises BadInput with all mistakes of all files."""
    found = read_layers(Path(path))
    return _loaded(_Check(found.files, str(path), found.paths), found.findings)


def load_pack_files(files: Mapping[str, bytes], *, name: str = "pack") -> Pack:
    """The pack made of ``files`` (name to content). Raises BadInput with all mistakes.

    Names that begin with ``extends/`` are files of the pack below. ``name`` says in messages which
    pack is meant.
    """
    return _loaded(_Check(files, name), [])


def check_pack(path: str | os.PathLike[str]) -> list[Finding]:
    """All mistakes and all advice, in the order of files and lines.

    Raises BadInput where there is no such folder.
    """
    found = read_layers(Path(path))
    return _Check(found.files, str(path), found.paths).findings(found.findings, advise=True)


def findings_of(files: Mapping[str, bytes]) -> list[Finding]:
    """All mistakes and all advice on the pack made of ``files``, in order."""
    return _Check(files, "pack").findings([], advise=True)


def _loaded(check: _Check, unread: list[Finding]) -> Pack:
    findings = check.findings(unread)
    if check.pack is None:
        raise as_bad_input(check.name, findings)
    return check.pack


@dataclass
class _Check:
    """One pass over the files of a pack."""

    files: Mapping[str, bytes]
    name: str
    paths: Mapping[str, str] = field(default_factory=dict)
    """How messages call the files, where that is another name."""
    pack: Pack | None = None

    def findings(self, unread: list[Finding], *, advise: bool = False) -> list[Finding]:
        """Everything found, sorted; afterwards ``pack`` is set if nothing is wrong."""
        self._found = list(unread)
        layers: list[dict[str, Spot]] = []
        for names in split(self.files):
            self._sheets: dict[str, Spot] = {}
            for name in names:
                self._read(name)
            layers.append(self._sheets)
        if layers and self._stands_alone(layers):
            return sorted(set(self._found))
        self._sheets = layers.pop() if layers else {}
        while layers:
            self._sheets, wrong = laid(self._sheets, layers.pop(), KINDS)
            self._found.extend(wrong)
        read = {self._path(name) for name in self.files}
        for finding in unread:
            if finding.file not in read:
                self._sheets.setdefault(Path(finding.file).name, empty(finding.file))
        self._missing()
        models = {name: self._model(name, top) for name, top in self._sheets.items()}
        sheets = Sheets(
            self._sheet(PACK_FILE),
            [top for name, top in self._sheets.items() if name not in KINDS],
            self._sheet("development.yaml"),
            self._sheet("continuity.yaml"),
            self._sheet("calibration.yaml"),
        )
        for check in (check_references, check_rules, check_conditions):
            self._found.extend(check(sheets))
        if not self._found:
            self.pack = self._whole(models)
            # on a broken pack advice would only repeat its mistakes
            self._found.extend(advice(sheets) if advise else ())
        return sorted(set(self._found))

    def _stands_alone(self, layers: list[dict[str, Spot]]) -> bool:
        """Whether the lowest pack names one below it that is not there: the rest would mislead."""
        top = layers[-1].get(PACK_FILE)
        said = top.at("extends") if top is not None else None
        if said is None or said.key_mark is None:
            return False
        if not any((f.file, f.where) == (said.file, said.where) for f in self._found):
            what = _("the pack that this one extends is not here")
            remedy = _("write the id of a pack, or the way to its folder from this one")
            self._found.append(said.wrong(what, remedy))
        return True

    def _path(self, name: str) -> str:
        return self.paths.get(name, name)

    def _sheet(self, name: str) -> Spot:
        return self._sheets.get(name) or empty(self._path(name))

    def _read(self, name: str) -> None:
        """The document of one file; what is wrong with its name, its bytes and its YAML."""
        path = self._path(name)
        if not name.endswith(".yaml"):
            remedy = _("rename it to '{name}'").format(name=Path(name).stem + ".yaml")
            what = _("files of a pack end in '.yaml'")
            self._found.append(file_finding(path, what, remedy))
            return
        try:
            text = self.files[name].decode("utf-8-sig")
        except UnicodeDecodeError as error:
            before = self.files[name][: error.start]
            line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
            what = _("this is not UTF-8")
            remedy = _("save the file as UTF-8 (in a spreadsheet or editor: 'encoding')")
            self._found.append(Finding(path, line, column, _("the file"), what, remedy))
            self._sheets[own_name(name)] = empty(path)
            return
        from assess.packs.parse import read_tree

        document = read_tree(text)
        for mistake in document.mistakes:
            line, column = mistake.mark
            where = way_in_words(mistake.way)
            self._found.append(Finding(path, line, column, where, mistake.what, mistake.remedy))
        self._sheets[own_name(name)] = Spot(path, document.data, document.place)

    def _missing(self) -> None:
        """What every pack needs: its pack.yaml, and something to ask."""
        if PACK_FILE not in self._sheets:
            what = _("is missing")
            remedy = _("a pack is a folder with pack.yaml and at least one questionnaire")
            self._found.append(file_finding(self._path(PACK_FILE), what, remedy))
        elif all(name in KINDS for name in self._sheets):
            what = _("the pack has no questionnaire")
            remedy = _("add a file such as interview.yaml with 'questionnaire: interview'")
            self._found.append(file_finding(self._path(PACK_FILE), what, remedy))

    def _model(self, name: str, top: Spot) -> BaseModel | None:
        """The file as its model; None, with findings, where its shape is wrong."""
        if top.data is None and any(finding.file == top.file for finding in self._found):
            return None
        kind = KINDS.get(name, Questionnaire)
        if top.data is None:
            self._found.append(
                file_finding(top.file, _("is empty"), _("write it, or delete the file"))
            )
            return None
        if kind is Questionnaire and isinstance(top.data, dict) and "questionnaire" not in top.data:
            what = _("has no key 'questionnaire' and is none of {names}").format(
                names=listed(KINDS)
            )
            remedy = _("begin it with 'questionnaire: {id}', or move the file elsewhere")
            stem = Path(name).stem
            self._found.append(file_finding(top.file, what, remedy.format(id=stem)))
            return None
        try:
            return kind.model_validate(top.data, by_alias=True, by_name=False)
        except ValidationError as error:
            self._found.extend(shape_findings(error, kind, top))
            return None

    def _whole(self, models: Mapping[str, BaseModel | None]) -> Pack:
        asked = [model for model in models.values() if isinstance(model, Questionnaire)]
        return Pack.model_construct(
            file=cast(PackFile, models[PACK_FILE]),
            questionnaires={questionnaire.id: questionnaire for questionnaire in asked},
            development=cast(Development | None, models.get("development.yaml")),
            continuity=cast(Continuity | None, models.get("continuity.yaml")),
            calibration=cast(Calibration | None, models.get("calibration.yaml")),
            hash=content_hash(self.files),
        )
