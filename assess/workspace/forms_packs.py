"""Packs from workbooks and into them: XLSForms, and the pack's own tables."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assess.errors import AssessError, BadInput
from assess.i18n import _, ngettext
from assess.model.ids import ID_RULE, is_id

if TYPE_CHECKING:
    from assess.packs.xlsform_sheets import GivenSheet

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MOST = 64 * 1024 * 1024


@dataclass(frozen=True)
class PackWritten:
    """A pack that was made from a workbook: where it is, and what to tell about it."""

    folder: Path
    id: str
    questions: int
    notes: list[str]


def import_pack(source: Path, folder: Path | None, *, pack: str = "") -> PackWritten:
    """Make a pack from an XLSForm (.xlsx, .xlsm, .csv) or from a workbook of :func:`export_pack`.

    ``folder`` is by default named like the pack and must not hold anything yet; ``pack`` is the
    pack's id, by default the form's. Raises BadInput with every mistake; then nothing is written.
    """
    from assess.packs.load import findings_of, load_pack_files
    from assess.packs.xlsform import import_form
    from assess.packs.xlsform_untables import import_tables, is_pack_book

    if pack and not is_id(pack):
        raise BadInput(_("'{cell}' is no id: an id has {rule}").format(cell=pack, rule=_(ID_RULE)))
    if folder is not None:
        _check_free(folder)
    given = read_sheets(source)
    notes: list[str] = []
    if is_pack_book(given):
        files: Mapping[str, bytes] = import_tables(source.name, given, pack=pack)
    else:
        made = import_form(source.name, given, pack=pack)
        files, notes = made.files, made.notes
    loaded = load_pack_files(files, name=source.name)
    strange = (found for found in findings_of(files) if found.rule == "language")
    notes = [*notes, *(f"{found.where}: {found.what}, {found.remedy}" for found in strange)]
    target = folder or Path(loaded.file.pack)
    _check_free(target)
    _write_folder(target, files)
    return PackWritten(target, loaded.file.pack, len(loaded.items), notes)


def export_pack(source: Path, target: Path) -> list[str]:
    """Write the pack in ``source`` as a workbook that :func:`import_pack` reads back without loss.

    Gives what to tell. Raises BadInput for a pack that cannot be used, AssessError where the file
    cannot be written.
    """
    from assess.exchange.form_tables import tables_xlsx
    from assess.exchange.write import write_output
    from assess.packs import load_pack
    from assess.packs.sheets import ITEM_TYPES
    from assess.packs.xlsform_tables import tables_of

    if target.suffix.lower() != ".xlsx":
        raise BadInput(_("{file}: let the name end in .xlsx").format(file=target))
    pack = load_pack(source)
    about = [
        _("The pack {id}, version {version}, as tables.").format(
            id=pack.file.pack, version=pack.file.version
        ),
        _("Back into a folder: assess pack import-xlsx FILE.xlsx -o DIR"),
        _("A column's name gives the language behind '::'; several ids have ';' between them."),
        _("Items of one section carry the same number in the column 'section'."),
        _("Options stand in the sheet 'items.options', by the item's id."),
        _("Columns that begin with '#' are yours: they are not read."),
    ]
    data = tables_xlsx(
        tables_of(pack),
        choices={
            ("items", "type"): list(ITEM_TYPES),
            ("items", "required"): ["yes", "no"],
            ("items", "questionnaire"): "questionnaires",
            ("items", "competency"): "competencies",
            ("weights", "competency"): "competencies",
            ("weights", "module"): "modules",
            ("questionnaires", "for"): ["interviewer", "candidate", "manager"],
            ("questionnaires", "counts"): ["yes", "no"],
            ("competencies", "kind"): ["person", "arrangement"],
            ("development.actions", "competency"): "competencies",
            ("development.actions", "level"): ["L", "M", "H"],
        },
        about=about,
        title=pack.say(pack.file.title, "en"),
    )
    write_output(data, target)
    if pack.file.extends:
        return [_("the pack that it lies on is written along; the workbook stands alone")]
    return []


def read_sheets(source: Path) -> list[GivenSheet]:
    """The sheets of a workbook or of a text table. Raises BadInput for anything else."""
    from assess.exchange.delimited import decoded, delimited_rows
    from assess.exchange.workbook_sheets import workbook_sheets
    from assess.packs.xlsform_sheets import GivenSheet, csv_sheets

    ending, data = source.suffix.lower(), _content(source)
    if data.startswith(_OLE):
        if _LOCKED in data:
            message = _("{file} is protected by a password: save it without one")
        else:
            message = _("{file} is an old workbook (.xls): open it and save it as .xlsx")
        raise BadInput(message.format(file=source.name))
    if ending == ".csv":
        delimited_rows(source.name, data)  # names what is wrong with the text, by line
        return csv_sheets(decoded(source.name, data))
    _check_zip(source.name, data)
    return [
        GivenSheet(sheet.name, sheet.rows, sheet.merged)
        for sheet in workbook_sheets(source.name, data, _read_of)
    ]


def _read_of(names: list[str]) -> list[str]:
    """The sheets that are read: of a form those that XLSForm knows, else all."""
    from assess.packs.xlsform_sheets import OURS, READ

    known = [name for name in names if name.strip().lower() in (*READ, *OURS)]
    return known if any(name.strip().lower() == "survey" for name in known) else names


def _content(source: Path) -> bytes:
    ending = source.suffix.lower()
    try:
        if source.is_dir():
            raise BadInput(
                _("{file} is a folder: name a workbook (.xlsx) in it").format(file=source)
            )
        if not source.exists():
            raise BadInput(_("{file}: there is no such file").format(file=source))
        if ending not in (".xlsx", ".xlsm", ".csv", ".xls"):
            raise BadInput(
                _("{file}: a form is read from a workbook: save it as .xlsx").format(file=source)
            )
        if source.is_file() and source.stat().st_size > _MOST:
            raise BadInput(
                _("{file} is larger than {most} MB: divide it into several files").format(
                    file=source, most=_MOST >> 20
                )
            )
        with source.open("rb") as stream:
            data = stream.read(_MOST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise AssessError(
            _("{file} cannot be read: {reason}").format(file=source, reason=reason)
        ) from error
    if not data.strip():
        raise BadInput(_("{file} is empty").format(file=source))
    if ending == ".xls" and not data.startswith(_OLE):
        raise BadInput(
            _("{file} is no workbook of the old kind (.xls): save it as .xlsx").format(file=source)
        )
    return data


def _check_zip(file: str, data: bytes) -> None:
    """Say what a file is that is called a workbook and is none."""
    if data.startswith(b"PK"):
        if b"xl/workbook" in data or b"xl\\workbook" in data:
            return
        if b"opendocument.spreadsheet" in data:
            message = _("{file} is an OpenDocument table: save it as .xlsx")
        else:
            message = _("{file} is an archive, but no workbook: save the form again as .xlsx")
        raise BadInput(message.format(file=file))
    try:
        data[:4096].decode("utf-8-sig")
    except UnicodeDecodeError:
        message = _("{file} is no workbook, or a damaged one: save it again as .xlsx")
    else:
        message = _(
            "{file} is a text file and no workbook: let its name end in .csv if it is a table,"
            " or save it as .xlsx"
        )
    raise BadInput(message.format(file=file))


def _check_free(folder: Path) -> None:
    try:
        taken = folder.is_file() or (folder.is_dir() and any(folder.iterdir()))
        lost = not folder.absolute().parent.is_dir()
    except (OSError, ValueError) as error:
        raise BadInput(
            _("{file} cannot be read: {reason}").format(file=folder, reason=error)
        ) from error
    if taken:
        raise BadInput(
            _("{folder} holds something already: name a new folder with -o").format(folder=folder)
        )
    if lost:
        raise BadInput(
            _("{file}: the folder {folder} does not exist: create it first").format(
                file=folder, folder=folder.absolute().parent
            )
        )


def _write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """All files or none: they are written beside the folder, which then gets its name."""
    fresh = folder.absolute().with_name(f".assess-{secrets.token_hex(8)}.tmp")
    try:
        fresh.mkdir()
        for name, content in files.items():
            (fresh / name).write_bytes(content)
        fresh.replace(folder)
    except OSError as error:
        raise AssessError(
            _("{file} cannot be written: {reason}").format(
                file=folder, reason=error.strerror or str(error)
            )
        ) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def told(written: PackWritten) -> list[str]:
    """What an import says, line by line."""
    line = ngettext(
        "written: {folder} (pack {id}, {n} question)",
        "written: {folder} (pack {id}, {n} questions)",
        written.questions,
    ).format(folder=written.folder, id=written.id, n=written.questions)
    return [line, *written.notes]
