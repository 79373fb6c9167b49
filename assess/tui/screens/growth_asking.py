"""Agreeing on a development action, and changing what was agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assess.errors import AssessError
from assess.i18n import _, language
from assess.tui.screens.choice import ChoiceScreen, Option
from assess.tui.screens.form import Field, FormScreen

if TYPE_CHECKING:
    from assess.tui.app import AssessApp
    from assess.workspace.agreed import Agreed


async def agree(app: AssessApp, candidate: str, action: str) -> bool:
    """Ask for owner, date, proof and phase of an action; whether it was agreed."""
    from assess.workspace.agreed import agreed_actions, known_action, put_action
    from assess.workspace.roles import phase_of

    workspace = app.workspace
    pack = workspace.pack
    known = agreed_actions(workspace)
    there = next((a for a in known if (a.candidate, a.action) == (candidate, action)), None)
    owners = [one.owner for one in known if one.candidate == candidate]
    phase = phase_of(workspace)
    fields = [
        Field("owner", _("owner"), there.owner if there else (owners[-1:] or [""])[0]),
        Field("due", _("by when"), there.due if there else "", "2027-01-31"),
        Field("proof", _("proof"), there.proof if there else "", _("what shows that it was done")),
        Field("phase", _("phase"), there.phase if there else phase.id if phase else ""),
    ]

    def keep(texts: dict[str, str]) -> None:
        put_action(
            workspace,
            candidate,
            action,
            owner=texts["owner"],
            due=texts["due"] or None,
            proof=texts["proof"],
            phase=texts["phase"] or None,
        )

    text = pack.say(known_action(pack, action).text, language())
    form = FormScreen(f"{candidate} · {action}", text, fields, keep)
    return await app.push_screen_wait(form) is not None


async def change_state(app: AssessApp, one: Agreed) -> bool:
    """Ask how far an action is; done takes a proof. Whether it was changed."""
    from assess.workspace.agreed import STATES, put_action
    from assess.workspace.growth_words import state_name

    options = [
        Option(state, state_name(state), "", _("now") if state == one.state else "")
        for state in STATES
    ]
    title = f"{one.candidate} · {one.action}"
    state = await app.push_screen_wait(ChoiceScreen(title, options, at=one.state))
    if state is None or state == one.state:
        return False
    workspace = app.workspace
    if state == "done" and not one.proof:
        asked = _("What shows that it was done?")

        def keep(texts: dict[str, str]) -> None:
            put_action(workspace, one.candidate, one.action, state="done", proof=texts["proof"])

        form = FormScreen(title, asked, [Field("proof", _("proof"))], keep)
        return await app.push_screen_wait(form) is not None
    try:
        put_action(workspace, one.candidate, one.action, state=state)
    except AssessError as error:
        app.show_error(error)
        return False
    return True
