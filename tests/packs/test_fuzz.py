"""Whatever the files hold, loading gives a pack or BadInput with its findings."""

from __future__ import annotations

import yaml
from edited_pack import small_files
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.errors import BadInput
from assess.packs import load_pack_files
from assess.packs.diff import EFFECTS, differences
from assess.packs.load import findings_of
from assess.packs.parse import read_tree

FILES = {name: text.encode() for name, text in small_files().items()}
MORE = {
    "development.yaml": b"actions: [{id: A1, competency: BPM, level: L, text: Go}]\n",
    "calibration.yaml": b"calibration: [{id: S1, item: BPM-1, answer: A, master: 3, reason: R}]\n",
    "continuity.yaml": b"facts: [{id: R1, kind: position, ask: How many?}]\n",
}
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(
        ["BPM", "PROC", "K1", "BPM-1", "rating", "choice", "all", "zh", "id", "item"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "en", "item", "type", "from", "to", "all", "not", "options"])
            | st.integers(0, 6),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


def loads_or_tells(files):
    try:
        load_pack_files(files)
    except BadInput as error:
        assert error.findings
        assert all(": " in line for line in error.findings)
    findings_of(files)


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=60), name=st.sampled_from([*sorted(FILES), "new.yaml", "é.yml"]))
def test_random_bytes(content, name):
    loads_or_tells({**FILES, name: content})


@settings(max_examples=200, deadline=None)
@given(
    name=st.sampled_from(sorted(FILES)),
    cut=st.tuples(st.floats(0, 1), st.integers(0, 12)),
    inserted=st.text(st.sampled_from("abc:-[]{}'\"#&*!|>%@`\t\n ,?0~.流"), max_size=6),
)
def test_mutilated_yaml(name, cut, inserted):
    text = FILES[name].decode()
    start = int(cut[0] * len(text))
    loads_or_tells({**FILES, name: (text[:start] + inserted + text[start + cut[1] :]).encode()})


@settings(max_examples=250, deadline=None)
@given(data=st.data())
def test_values_of_any_other_shape(data):
    name = data.draw(st.sampled_from(sorted({**FILES, **MORE})))
    tree = read_tree({**FILES, **MORE}[name].decode()).data
    spots = list(places(tree))
    holder, key = data.draw(st.sampled_from(spots))
    holder[key] = data.draw(VALUES)
    dumped = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False).encode()
    loads_or_tells({**FILES, **MORE, name: dumped})


TOP = {
    "pack.yaml": b"""\
pack: top
version: 1.0.0
extends: small
policy: {top: 2}
modules: [{id: PROC, weights: {BPM: 50, OWN: 50}}]
retired: [OLD]
without: {items: [K1], waves: [M1]}
""",
    "own.yaml": b"""\
questionnaire: knowledge
sections:
  - title: {en: Procurement}
    items:
      - {id: K4, ask: Whether?, was: [K9]}
      - {id: OURS, type: choice, competency: BPM, ask: Ours?,
         options: [{id: A, text: '5', points: 1}, {id: B, text: '6'}, {id: C, text: '7'}]}
""",
}


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_values_of_any_other_shape_in_a_pack_on_top_of_another(data):
    layers = {**TOP, **{f"extends/{name}": content for name, content in {**FILES, **MORE}.items()}}
    name = data.draw(st.sampled_from([*TOP, *TOP, *sorted(layers)]))
    tree = read_tree(layers[name].decode()).data
    holder, key = data.draw(st.sampled_from(list(places(tree))))
    holder[key] = data.draw(VALUES)
    dumped = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False).encode()
    loads_or_tells({**layers, name: dumped})


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_any_two_versions_can_be_told_apart(data):
    old = load_pack_files({**FILES, **MORE})
    name = data.draw(st.sampled_from(sorted(FILES)))
    tree = read_tree(FILES[name].decode()).data
    holder, key = data.draw(st.sampled_from(list(places(tree))))
    holder[key] = data.draw(VALUES)
    dumped = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False).encode()
    try:
        new = load_pack_files({**FILES, **MORE, name: dumped})
    except BadInput:
        return
    for one, other in ((old, new), (new, old)):
        assert all(change.text and change.effect in EFFECTS for change in differences(one, other))
    assert differences(new, new) == []


def places(tree):
    """Every position in a tree whose value can be replaced."""
    for key, value in list(tree.items()) if isinstance(tree, dict) else list(enumerate(tree)):
        yield tree, key
        if isinstance(value, dict | list):
            yield from places(value)
