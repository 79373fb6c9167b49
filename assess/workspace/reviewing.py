"""Where an interview stands: what is open, what must be answered, where it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assess.model.items import Item

if TYPE_CHECKING:
    from assess.workspace.interviewing import Interview


@dataclass(frozen=True)
class Review:
    """What is left before an interview is submitted; lists of item ids in the order asked."""

    open: list[str]
    required: list[str]
    notes_due: list[str]
    flagged: list[str]
    alone: list[str]
    """Items that a minimum of one of the candidate's modules rests on alone."""

    @property
    def submittable(self) -> bool:
        """Whether nothing that must be answered is open; the rest only informs."""
        return not self.required


def review_of(interview: Interview) -> Review:
    """What is open, what must be answered, where evidence is missing, what was flagged."""
    items = interview.items
    return Review(
        open=[item.id for item in items if interview.is_open(item.id)],
        required=[item.id for item in items if item.required and _unanswered(interview, item)],
        notes_due=[item.id for item in items if interview.note_due(item.id)],
        flagged=[item.id for item in items if item.id in interview.flags],
        alone=_alone(interview, items) if interview.questionnaire.counting else [],
    )


def _alone(interview: Interview, items: list[Item]) -> list[str]:
    """The only rating given on a competency that a module sets a minimum for."""
    found: set[str] = set()
    for module in interview.modules:
        for competency in interview.pack.modules[module].minimums:
            rated = [
                item.id
                for item in items
                if item.type == "rating"
                and item.competency == competency
                and (item.modules is None or module in item.modules)
                and not _unanswered(interview, item)
            ]
            found.update(rated if len(rated) == 1 else ())
    return [item.id for item in items if item.id in found]


def _unanswered(interview: Interview, item: Item) -> bool:
    answer = interview.answers.get(item.id)
    return answer is None or answer.state != "answered"


def resume_at(interview: Interview) -> str | None:
    """The item at which an interview goes on; None where nothing asked was touched nor is open.

    The first open item behind the one touched last, or that one itself where it is open. Items
    further back that were left open stay so: whoever skipped them is not led back each time.
    Where none is open behind, the item touched last.
    """
    asked = [item.id for item in interview.items]
    answers = interview.answers.values()
    touched = [one for one in answers if one.item in asked and (one.given or one.note)]
    if not touched:
        return next(iter(asked), None)
    last = max(touched, key=lambda answer: (answer.at, asked.index(answer.item))).item
    behind = asked[asked.index(last) :]
    return next((item for item in behind if interview.is_open(item)), last)
