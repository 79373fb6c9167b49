"""The ranking as tests open and read it."""

from __future__ import annotations

from results_factory import a_module, a_ranking
from tui_managers import ManagerApp, managed

from assess.tui.screens.ranking import RankingScreen
from assess.tui.widgets.lines import Caption
from assess.tui.widgets.rows import Rows


def opened(module="PROC", ranking=None):
    return ManagerApp(managed(ranking), RankingScreen(module))


def with_(*candidates, **fields):
    return a_ranking([a_module(list(candidates), **fields)])


def lines(app):
    return app.screen.query_one(Rows).text


def line_of(app, code):
    return next(line for line in lines(app).splitlines() if f" {code} " in line)


def foot(app):
    return app.screen.query_one("#foot", Caption).text
