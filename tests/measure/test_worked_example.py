"""The worked example of docs/measurement.md comes out of the code as it is printed there."""

from pathlib import Path

import numpy as np
import pytest
from measure_designs import points

from assess.measure import Answers, ModuleSpec, WaveData, fit, rank, score

WEIGHTS = np.array([20, 10, 14, 12, 8, 8, 8, 8, 6, 6], float)
PEOPLE = ("Ana", "Bo", "Cai", "Dora", "Eli", "Fan")
CHEN, WEBER = 0, 1
MARKS = {
    ("Ana", CHEN): "4343333443",
    ("Ana", WEBER): "4333323343",
    ("Bo", CHEN): "3334433344",
    ("Bo", WEBER): "3234332334",
    ("Cai", CHEN): "4434344343",
    ("Cai", WEBER): "4333334333",
    ("Dora", CHEN): "3323333334",
    ("Dora", WEBER): "2323233234",
    ("Eli", WEBER): "4333333333",
    ("Fan", CHEN): "4333343333",
}


def answers():
    """Two questions per competency; in every third they are a step above and a step below."""
    rows = []
    for n, ((person, rater), marks) in enumerate(MARKS.items()):
        for g, mark in enumerate(marks):
            apart = 1 if (g + n) % 3 == 0 else 0
            for q in (0, 1):
                value = int(mark) + (apart if q == 0 else -apart)
                rows.append((PEOPLE.index(person), rater, 2 * g + q, value))
    c, r, i, y = np.array(rows).T
    return Answers.from_columns(
        c,
        r,
        i,
        points(y),
        np.repeat(np.arange(10), 2),
        n_candidates=6,
        n_raters=2,
        n_competencies=10,
    )


@pytest.fixture(scope="module")
def scores():
    return score([WaveData(fit(answers()))], ModuleSpec(WEIGHTS, min_items=2))


@pytest.fixture(scope="module")
def page():
    return (Path(__file__).parents[2] / "docs" / "measurement.md").read_text("utf-8")


def interview(person, rater):
    marks = MARKS.get((person, rater))
    if marks is None:
        return ""
    return f"{points([int(mark) for mark in marks]) @ WEIGHTS / 100:.2f}"


def test_anas_interview_makes_62_points(page):
    assert interview("Ana", CHEN) == "62.00"
    assert "| rating | " + " | ".join(MARKS["Ana", CHEN]) + " |" in page
    assert "| weight | " + " | ".join(str(int(weight)) for weight in WEIGHTS) + " |" in page


@pytest.mark.parametrize("person", PEOPLE)
def test_the_line_of_each_person(person, scores, page):
    c = PEOPLE.index(person)
    correction = scores.account.severity[c].sum() + scores.account.item_mix[c].sum()
    # a true minus sign, and no sign for nothing
    signed = "0.00" if abs(correction) < 0.005 else f"{correction:+.2f}".replace("-", "−")
    cells = [
        person,
        interview(person, CHEN),
        interview(person, WEBER),
        f"{scores.account.raw[c].sum():.2f}",
        signed,
        f"{scores.score[c]:.2f}",
    ]
    line = "| " + " | ".join(cells) + " |"
    assert line.replace("|  |", "| |") in page


def test_what_is_said_of_weber(scores, page):
    both = [person for person in PEOPLE if all((person, r) in MARKS for r in (CHEN, WEBER))]
    apart = [float(interview(p, CHEN)) - float(interview(p, WEBER)) for p in both]
    assert f"On average he is {np.mean(apart):.1f} points below her" in page
    assert f"of the {np.mean(apart) / 2:.1f}\npoints" in page


def test_how_sure_the_example_is(scores, page):
    order = rank(scores, k=3)
    ana, cai, eli, fan = (PEOPLE.index(name) for name in ("Ana", "Cai", "Eli", "Fan"))
    assert f"seen by two, is {scores.se[ana]:.1f} points" in page
    assert round(scores.se[eli], 1) == round(scores.se[fan], 1) == 10.0
    assert order.place[eli] == 2
    assert (order.low[eli], order.high[eli]) == (1, 6)
    assert round(order.p_top[cai], 2) == 0.85
    assert round(order.p_top[ana], 2) == 0.68
    assert round(order.p_top[eli], 2) == 0.62
    assert order.place[eli] < order.place[fan]
    assert scores.account.raw[eli].sum() < scores.account.raw[fan].sum()
