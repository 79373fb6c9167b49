"""Exports: what goes out, as one report model that every format renders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assess import i18n
from assess.errors import BadInput, StoreError
from assess.exchange.formats import FORMATS as _FORMATS
from assess.exchange.report import Progress, Report, check_format, silent
from assess.exchange.report import render as render_report
from assess.i18n import _, listed
from assess.workspace.exports import EXPORTS, WHATS

if TYPE_CHECKING:
    from assess.model.people import Candidate, Rater
    from assess.workspace.workspace import Workspace

__all__ = ["EXPORTS", "FORMATS", "WHATS", "Wanted", "build", "export", "render"]

FORMATS: tuple[str, ...] = tuple(_FORMATS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of an export; each takes from it what concerns it.

    ``modules`` are all of the engagement where none is named, ``top`` is the pack's, ``wave`` the
    latest with answers. ``contact`` stands in a feedback sheet in place of the engagement's.
    ``phase``, ``pins``, ``bars`` and ``decided`` are those of a cover plan, ``without`` are the
    codes of those who leave, ``told_on`` the day from which their notice runs. ``questionnaire``
    is that of a rating form, by default the interviewers'; ``bilingual`` puts it in all languages
    of the pack.
    """

    modules: Sequence[str] = ()
    top: int | None = None
    wave: str | None = None
    candidate: str = ""
    pseudonyms: bool = False
    contact: str = ""
    phase: str | None = None
    pins: Sequence[str] = ()
    bars: Sequence[str] = ()
    decided: bool = False
    without: Sequence[str] = ()
    told_on: str | None = None
    questionnaire: str = ""
    bilingual: bool = False
    progress: Progress = silent

    def called(self, person: Candidate | Rater) -> str:
        """Code and name of a person, or the code alone where names are left out."""
        return person.id if self.pseudonyms or not person.name else f"{person.id} {person.name}"


def export(
    workspace: Workspace,
    what: str,
    *,
    target: Path | None,
    format: str | None = None,
    progress: Progress = silent,
    **wanted: Any,
) -> Path | None:
    """Write an export to a file, whole or not at all, or to standard output; gives the path.

    The format is by default that of the file's ending. ``wanted`` are the fields of
    :class:`Wanted`. Raises BadInput for what cannot be exported, AssessError where the file cannot
    be written, StoreError where it is written and the log cannot say so.
    """
    from assess.exchange.write import write_output

    chosen = format or (target.suffix.lstrip(".").lower() if target else "") or "csv"
    data = render(workspace, what, format=chosen, progress=progress, **wanted)
    write_output(data, target)
    codes = {
        key: wanted[key]
        for key in ("modules", "candidate", "without", "pseudonyms")
        if wanted.get(key)
    }
    try:
        workspace.log("exported", export=what, format=chosen, **codes)
    except StoreError as error:
        raise StoreError(
            _("{file} is written, but the workspace's log could not note it: {reason}").format(
                file=target or _("the output"), reason=error
            ),
            hint=_("delete it if nothing may leave unnoted, or make the workspace writable"),
        ) from error
    return target


def render(
    workspace: Workspace,
    what: str,
    *,
    format: str = "csv",
    progress: Progress = silent,
    **wanted: Any,
) -> bytes:
    """An export's bytes; the same records give the same bytes."""
    check_format(format)
    asked = Wanted(**wanted, progress=_part(progress, 0, _BUILT))
    report = build(workspace, what, asked)
    # what is written for somebody else is in their language to the last word
    with i18n.speaking(report.language):
        return render_report(report, format, _part(progress, _BUILT, _STEPS))


def build(workspace: Workspace, what: str, wanted: Wanted) -> Report:
    """The report of an export.

    Raises BadInput for an unknown export, module, wave or candidate, a candidate too many or too
    few, or a ``top`` below 1.
    """
    if what not in EXPORTS:
        raise BadInput(
            _("'{what}' cannot be exported; known are {known}").format(
                what=what, known=listed(EXPORTS)
            )
        )
    if wanted.top is not None and wanted.top < 1:
        raise BadInput(_("a shortlist has at least one place, not {top}").format(top=wanted.top))
    chosen = EXPORTS[what]
    if chosen.subject and not wanted.candidate:
        raise BadInput(
            _("an export of this kind is on one candidate: {export} CANDIDATE").format(
                export=f"assess export {what}"
            )
        )
    if wanted.candidate and not chosen.subject and not chosen.blank:
        raise BadInput(
            _("{export} is on nobody in particular: leave {candidate} out").format(
                export=what, candidate=wanted.candidate
            )
        )
    if chosen.leaving and not wanted.without:
        raise BadInput(
            _("an export of this kind is on those who leave: name them"),
            hint="assess export kit --without JA LU",
        )
    module, _colon, function = chosen.build.partition(":")
    make: Callable[[Workspace, Wanted], Report] = getattr(import_module(module), function)
    report = make(workspace, wanted)
    if wanted.pseudonyms:
        from assess.exchange.pseudonyms import pseudonymous

        report = pseudonymous(report)
    return report


_STEPS, _BUILT = 1000, 400
"""Into so many steps the work is divided, and so many are done when the report is built."""


def _part(progress: Progress, start: int, end: int) -> Progress:
    """Progress of a part of the work, as progress of the whole."""

    def tell(done: int, total: int) -> None:
        progress(start + (end - start) * done // max(total, 1), _STEPS)

    return tell
