"""The doors through which files come in, each tried with a damaged file: good, or refused whole."""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from damage import BOOK, TEXT, Damage
from samples import BAD_FORM, FORM, PACK, RATINGS, ROSTER, form_book

from assess.errors import AssessError
from assess.exchange.form_tables import tables_xlsx
from assess.packs import check_pack, load_pack, load_pack_files
from assess.packs.xlsform_tables import tables_of
from assess.workspace.exporting import render
from assess.workspace.forms_packs import import_pack
from assess.workspace.importing import import_ratings, import_roster
from assess.workspace.workspace import Workspace


@dataclass
class Fuzz:
    """A place to work in, the files that are whole, and what was found."""

    place: Path
    tries: int = 0
    good: int = 0
    refused: int = 0
    broken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._home = self.place / "workspace"
        workspace = Workspace.open(self._home, create=True)
        workspace.start("Fuzz", PACK, load_pack_files(PACK))
        (self.place / "roster.csv").write_bytes(ROSTER)
        import_roster(workspace, self.place / "roster.csv")
        pack = load_pack_files(PACK)
        self._files: dict[str, bytes] = {
            "form.xlsx": form_book(FORM),
            "form2.xlsx": form_book(BAD_FORM),
            "tables.xlsx": tables_xlsx(tables_of(pack), choices={}),
            "rating_form.xlsx": render(workspace, "form", format="xlsx", candidate="CA"),
            "ratings.csv": RATINGS,
            "roster.csv": ROSTER,
        }
        workspace.close()
        self._doors: list[tuple[str, Callable[[Path], None], tuple[Damage, ...]]] = [
            ("yaml", lambda _file: None, TEXT),
            ("form.xlsx", self._import_pack, BOOK),
            ("form2.xlsx", self._import_pack, BOOK),
            ("tables.xlsx", self._import_pack, BOOK),
            ("rating_form.xlsx", self._ratings, BOOK),
            ("ratings.csv", self._ratings, TEXT),
            ("roster.csv", self._roster, TEXT),
        ]

    def once(self, seed: int) -> None:
        """One damaged file through one door; what breaks is noted with its seed."""
        dice = random.Random(seed)
        name, door, damages = dice.choice(self._doors)
        self.tries += 1
        folder = self.place / f"try-{seed}"
        folder.mkdir()
        try:
            if name == "yaml":
                self._yaml(dice, folder, damages)
            else:
                data = self._files[name]
                for _ in range(dice.choice([1, 1, 1, 2])):
                    data = dice.choice(damages)(dice, data)
                file = folder / name
                file.write_bytes(data)
                door(file)
            self.good += 1
        except AssessError as error:
            self.refused += 1
            self._check_message(seed, name, error)
        except RecursionError as error:
            self.broken.append(f"seed {seed}, {name}: {error!r}")
        except Exception as error:
            self.broken.append(f"seed {seed}, {name}: {error!r}")
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _check_message(self, seed: int, name: str, error: AssessError) -> None:
        words = " ".join([error.message, *getattr(error, "findings", ())])
        if not error.message.strip() or "Traceback" in words or "object at 0x" in words:
            self.broken.append(f"seed {seed}, {name}: says nothing clear: {words[:300]}")

    # -- doors

    def _yaml(self, dice: random.Random, folder: Path, damages: tuple[Damage, ...]) -> None:
        for name, content in PACK.items():
            (folder / name).write_bytes(content)
        name = dice.choice(sorted(PACK))
        (folder / name).write_bytes(dice.choice(damages)(dice, PACK[name]))
        check_pack(folder)
        load_pack(folder)

    def _import_pack(self, file: Path) -> None:
        target = file.parent / "made"
        try:
            made = import_pack(file, target)
        except AssessError:
            left = [one.name for one in file.parent.iterdir() if one != file]
            if left:
                raise RuntimeError(f"refused, and left {left}") from None
            raise
        load_pack(made.folder)

    def _ratings(self, file: Path) -> None:
        self._into_workspace(lambda workspace: import_ratings(workspace, file, create=True))

    def _roster(self, file: Path) -> None:
        self._into_workspace(lambda workspace: import_roster(workspace, file))

    def _into_workspace(self, taken: Callable[[Workspace], object]) -> None:
        """A file into a copy of the workspace; refused, it must have stored nothing."""
        home = self.place / "copy"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(self._home, home)
        before = _state(home)
        workspace = Workspace.open(home)
        try:
            taken(workspace)
            workspace.close()
            if lost := Workspace.open(home).store.verify():
                raise RuntimeError(f"taken, and left {lost}")
        except AssessError:
            workspace.close()
            if _state(home) != before:
                raise RuntimeError("refused, and something was stored") from None
            raise


def _state(home: Path) -> dict[str, str]:
    """What is stored: every file by its content."""
    return {
        str(file.relative_to(home)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(home.rglob("*"))
        if file.is_file()
    }
