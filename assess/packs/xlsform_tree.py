"""A form through pyxform: its aliases, groups and lists resolved, its references checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from assess.errors import AssessError, BadInput
from assess.i18n import _
from assess.packs.xlsform_sheets import GIVEN, READ, ROW, Sheet
from assess.packs.xlsform_words import TEXT_COLUMNS, hide_quotes

Tree = dict[str, Any]


def form_tree(file: str, sheets: Mapping[str, Sheet], name: str) -> Tree:
    """The form as pyxform reads it: settings, and ``children`` in their groups.

    Each question carries its row under ``__row`` and the columns that XLSForm does not know.
    Raises BadInput with pyxform's reason where the form is not valid, AssessError where pyxform is
    not installed.
    """
    try:
        from pyxform.builder import create_survey_element_from_dict
        from pyxform.errors import PyXFormError
        from pyxform.xls2json import workbook_to_json
        from pyxform.xls2json_backends import DefinitionData
    except ImportError as error:
        raise AssessError(
            _("XLSForms are read by pyxform, which is not installed"),
            hint=_("add it with: {command}").format(command="pip install 'assess[xlsform]'"),
        ) from error
    given: dict[str, Any] = {"sheet_names": list(sheets), "fallback_form_name": name}
    for sheet in READ:
        if sheet in sheets and sheets[sheet].header:
            given[sheet] = [_row(row, sheet) for row in sheets[sheet].rows]
            ours = {"survey": [ROW, GIVEN], "choices": [GIVEN]}.get(sheet, [])
            header = [*sheets[sheet].header, *ours]
            given[f"{sheet}_header"] = [dict.fromkeys(header)]
    try:
        tree: Tree = workbook_to_json(
            DefinitionData(**given), form_name="data", fallback_form_name=name, warnings=[]
        )
        # the XML is not kept; making it is what checks types and references
        create_survey_element_from_dict(deepcopy(tree)).to_xml(
            validate=False, pretty_print=False, warnings=[]
        )
    except PyXFormError as error:
        raise _invalid(file, str(error)) from error
    except RecursionError as error:
        raise _invalid(file, _("its groups are nested too deeply")) from error
    except Exception as error:
        # on some broken forms pyxform stumbles over a missing key or a wrong type
        reason = _("pyxform stumbles over it ({error})").format(
            error=f"{type(error).__name__}: {error}"
        )
        raise _invalid(file, reason) from error
    _list_options(tree, tree.get("choices") or {})
    return tree


def _list_options(node: Tree, lists: Mapping[str, Any]) -> None:
    """Options beside their question also where pyxform only names the list: shuffled ones."""
    for child in node.get("children") or ():
        if "choices" not in child and child.get("itemset") in lists:
            child["choices"] = lists[child["itemset"]]
        _list_options(child, lists)


def _row(row: Mapping[str, str], sheet: str) -> dict[str, str]:
    """A row for pyxform, with what it would change or fill in kept beside it."""
    kept = {
        column: hide_quotes(cell) if _is_text(column) else cell
        for column, cell in row.items()
        if column != ROW or sheet == "survey"
    }
    if kept and sheet in ("survey", "choices"):
        # an option that is not given was added by pyxform; so were parameters
        told = [cell for column, cell in row.items() if column.lower() in ("type", "parameters")]
        kept[GIVEN] = " ".join(told) or "yes"
    return kept


def _is_text(column: str) -> bool:
    first = column.replace("::", ":").split(":")[0].strip().casefold()
    return first in TEXT_COLUMNS and first != "name"


def _invalid(file: str, reason: str) -> BadInput:
    # pyxform may end with the row as it holds it, which tells an author nothing
    plain = re.sub(r"\s*\{'.*\}$", "", " ".join(reason.split()))
    return BadInput(
        _("{file}: this is no valid XLSForm: {reason}").format(file=file, reason=plain[:600])
    )
