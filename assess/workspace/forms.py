"""The rating form as an export: a page to print, a workbook to fill in, a table for programs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from assess import i18n
from assess.errors import BadInput
from assess.exchange.cells import written
from assess.exchange.form import FormAnswer, FormItem, FormReport, FormSection, PaperForm
from assess.exchange.report import Column, Sheet
from assess.i18n import _, listed
from assess.model.items import (
    ChoiceItem,
    ChoicesItem,
    Item,
    NumberItem,
    RatingItem,
    TextItem,
    YesNoItem,
)
from assess.model.pack import Pack, Questionnaire
from assess.model.pack_file import Wave
from assess.model.text import Text, Texts
from assess.workspace.forms_words import help_words, hint_words, when_words
from assess.workspace.report_facts import facts_of
from assess.workspace.wording import state_words

if TYPE_CHECKING:
    from assess.workspace.exporting import Wanted
    from assess.workspace.workspace import Workspace

_LINES = {"rating": 3, "text": 6, "number": 1, "choice": 1, "choices": 1}
_MOST_STEPS = 101
"""Scales with more steps get no list to choose from."""


def form(workspace: Workspace, wanted: Wanted) -> FormReport:
    """The form of a questionnaire, for one candidate or blank; it holds no keys and no points.

    Raises BadInput for a candidate, module, wave or questionnaire that is not there, or where
    nothing would be asked.
    """
    pack = workspace.pack
    person = workspace.candidate(wanted.candidate) if wanted.candidate else None
    questionnaire = workspace.questionnaire(wanted.questionnaire or None)
    wave = workspace.wave(wanted.wave)
    modules = workspace.modules_of(person) if person else list(workspace.engagement.modules)
    if wanted.modules:
        modules = [workspace.module(module).id for module in wanted.modules]
    languages = list(pack.file.languages) if wanted.bilingual else [i18n.language()]
    # the language in use comes first
    languages.sort(key=lambda one: one != i18n.language())
    maker = _Maker(pack, languages)
    sections = maker.sections(questionnaire, wave, modules)
    if not sections:
        raise BadInput(
            _("the questionnaire {questionnaire} asks nothing in wave {wave} of {modules}").format(
                questionnaire=questionnaire.id,
                wave=wave.id,
                modules=listed(modules) or _("no module"),
            )
        )
    called = wanted.called(person) if person else ""
    rater = workspace.me or ""
    alone = questionnaire.audience != "interviewer"
    title = maker.said(questionnaire.title)
    paper = PaperForm(
        title=title,
        intro=maker.said(questionnaire.intro),
        candidate=person.id if person else "",
        called=called,
        rater=rater,
        questionnaire=questionnaire.id,
        wave=wave.id,
        sections=sections,
        # who fills in the form about themselves need not see who else is asked
        candidates=[] if person or alone else sorted(workspace.candidates()),
        raters=[] if rater or alone else sorted(workspace.raters()),
        help=help_words(),
        heads=[
            (_("Candidate"), called),
            (_("Rater"), rater),
            (_("Date"), ""),
            (_("Wave"), f"{wave.id} {pack.say(wave.name, languages[0])}"),
            *([(_("Notice given"), "")] if pack.file.notice is not None else []),
        ],
        note_words=_("For the note:"),
    )
    newest = max((reading.newest for reading in workspace.visible()), default="")
    return FormReport(
        _("Rating form: {title}").format(title=title[0]),
        facts_of(workspace, wave.id, newest),
        [_sheet(paper)],
        _("About this form"),
        form=paper,
    )


def _sheet(paper: PaperForm) -> Sheet:
    """The table that programs get, with the columns that an import reads."""
    columns = [
        Column("candidate", _("Candidate")),
        Column("rater", _("Rater")),
        Column("item", _("Item")),
        Column("question", _("Question")),
        Column("answers", _("Possible answers")),
        Column("value", _("Value")),
        Column("note", _("Note")),
        Column("questionnaire", _("Questionnaire")),
        Column("wave", _("Wave")),
    ]
    rows = [
        [
            paper.candidate,
            paper.rater,
            item.id,
            "\n".join(item.ask),
            [answer.code for answer in item.answers],
            None,
            None,
            paper.questionnaire,
            paper.wave,
        ]
        for _section, item in paper.items()
    ]
    return Sheet(_("Form"), columns, rows)


class _Maker:
    """Makes the parts of a form from a pack, in one or several languages."""

    def __init__(self, pack: Pack, languages: Sequence[str]) -> None:
        self.pack, self.languages = pack, languages

    def said(self, text: Text | None) -> list[str]:
        """A text in each language, the same words once."""
        if text is None:
            return []
        return list(dict.fromkeys(self.pack.say(text, language) for language in self.languages))

    def sections(
        self, questionnaire: Questionnaire, wave: Wave, modules: Collection[str]
    ) -> list[FormSection]:
        """What is asked, by section; conditions on answers are told, not applied."""
        found = []
        for section in questionnaire.sections:
            items = [
                self._item(item)
                for item in section.items
                if (item.modules is None or not set(item.modules).isdisjoint(modules))
                and (wave.asks == "all" or item.competency in (None, *wave.asks))
            ]
            if items:
                found.append(FormSection(self.said(section.title), items))
        return found

    def _item(self, item: Item) -> FormItem:
        answers = self._answers(item)
        silent = isinstance(item, TextItem)
        reasons = [] if silent else list(state_words().items())
        codes = [answer.code for answer in answers]
        # an answer in words, several options and a free number cannot be chosen from a list
        chosen = isinstance(item, RatingItem | ChoiceItem | YesNoItem) and codes
        hint = "" if answers and not isinstance(item, ChoicesItem) else self._hint(item)
        competency = self.pack.competencies.get(item.competency or "")
        return FormItem(
            id=item.id,
            kind=item.type,
            about=" / ".join(self.said(competency.name)) if competency else "",
            ask=self.said(item.ask),
            probes=self._probes(item.probes),
            answers=answers,
            states=[FormAnswer(code, [words]) for code, words in reasons],
            evidence=self.said(item.evidence),
            when=when_words(item.when) if item.when else "",
            hint=hint,
            lines=_LINES.get(item.type, 2),
            choices=self._listed(item, answers, reasons) if chosen else [],
        )

    @staticmethod
    def _listed(
        item: Item, answers: Sequence[FormAnswer], reasons: Sequence[tuple[str, str]]
    ) -> list[str]:
        """What a drop-down list offers: codes, and words where they are the program's own."""
        worded = i18n.language() != "en"
        codes = [
            answer.words[0] if worded and isinstance(item, YesNoItem) else answer.code
            for answer in answers
        ]
        return codes + [words if worded else code for code, words in reasons]

    def _hint(self, item: Item) -> str:
        return hint_words(self.pack, item, self.languages[0])

    def _probes(self, probes: Texts | None) -> list[list[str]]:
        """Each probe in each language, as far as the languages have as many."""
        if probes is None:
            return []
        first = self.pack.file.languages[0]
        lists = [probes.say(language, first) for language in self.languages]
        if len(set(map(len, lists))) > 1:
            return [[line] for one in lists for line in one]
        return [list(dict.fromkeys(lines)) for lines in zip(*lists, strict=True)]

    def _answers(self, item: Item) -> list[FormAnswer]:
        """The answers that can be ticked."""
        if isinstance(item, RatingItem):
            scale = self.pack.scale_of(item)
            steps = scale.steps()
            words = {**scale.levels, **item.anchors}
            if len(steps) > _MOST_STEPS:
                steps = []
            levels = sorted({*steps, *words}) if len(steps) <= 11 else steps
            return [FormAnswer(written(one), self.said(words.get(one))) for one in levels]
        if isinstance(item, ChoiceItem | ChoicesItem):
            return [FormAnswer(option.id, self.said(option.text)) for option in item.options]
        if isinstance(item, YesNoItem):
            return [FormAnswer("yes", [_("yes")]), FormAnswer("no", [_("no")])]
        assert isinstance(item, NumberItem | TextItem)
        return []
