"""Small packs of every shape, as the data of their files."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

ids = st.text(st.sampled_from("ABCabcé019._-采购"), min_size=1, max_size=6).filter(
    lambda text: text[0] not in ".-"
)
AWKWARD = [
    "=1+1",
    "json:{}",
    "_x000D_",
    " spaces ",
    "'quoted'",
    "all",
    "yes",
    "007",
    "1e3",
    "<r><t>x</t></r>",
    "[1]",
    "a;b",
    "@x",
    "“引号”",
    "-",
    "#N/A",
    "{a: b}",
    "\ttab",
    "a\u2028b",
    "two\nlines",
    ":",
    "null",
    "~",
    "0x1F",
    "1_000",
    "2024-01-01",
    ".inf",
    "? x",
    "- y",
    "# z",
    "&a",
    "*b",
]
words = st.sampled_from(AWKWARD) | st.text(
    st.characters(
        exclude_categories=["Cs", "Cc", "Cn", "Cf", "Co", "Zl", "Zp"], include_characters="\n\t"
    ),
    min_size=1,
    max_size=30,
).filter(lambda text: text.strip() != "")
numbers = st.integers(-1000, 1000) | st.floats(-1e6, 1e6)
LANGUAGES = ["en", "zh"]


def texts(what: st.SearchStrategy[Any] = words) -> st.SearchStrategy[Any]:
    """A text for all languages, or one per language."""
    return what | st.dictionaries(st.sampled_from([*LANGUAGES, "fr"]), what, min_size=1)


lists = texts(st.lists(words, min_size=1, max_size=3))


def _item(draw: st.DrawFn, name: str, modules: list[str], others: list[dict[str, Any]]) -> Any:
    item: dict[str, Any] = {"id": name, "ask": draw(texts()), "competency": "C1"}
    item["type"] = draw(
        st.sampled_from(["rating", "choice", "choices", "yes_no", "number", "text"])
    )
    for key, value in (
        ("modules", st.lists(st.sampled_from(modules), min_size=1, unique=True)),
        ("probes", lists),
        ("evidence", texts()),
        ("reason", texts()),
        ("method", texts()),
        ("required", st.booleans()),
        ("was", st.just([f"{name}.old"])),
        ("tags", st.lists(ids, max_size=2, unique=True)),
        ("cards", st.lists(st.fixed_dictionaries({"id": ids, "text": texts()}), max_size=1)),
    ):
        if draw(st.booleans()):
            item[key] = draw(value)
    if len(name) > 55:
        item.pop("was", None)
    kind = item["type"]
    if kind == "rating":
        item["anchors"] = draw(
            st.dictionaries(st.sampled_from([1, 2, 2.5, 3, 5]), texts(), min_size=1, max_size=3)
        )
        if draw(st.booleans()):
            item["scale"] = {"from": 0, "to": 10, "levels": {0: draw(texts()), 10: draw(texts())}}
            item["anchors"] = {10: draw(texts())}
    if kind in ("choice", "choices"):
        names = draw(st.lists(ids, min_size=2, max_size=4, unique=True))
        item["options"] = [{"id": one, "text": draw(texts())} for one in names]
        if draw(st.booleans()):
            item["options"][0]["points"] = draw(st.floats(0.1, 5))
        if kind == "choices" and draw(st.booleans()):
            item["bounds"] = {"from": 0, "to": draw(st.floats(0.5, 4))}
    if kind == "number" and draw(st.booleans()):
        item["range"] = {"from": -1, "to": draw(st.floats(0, 1e6))}
        item["unit"] = draw(texts())
        item["bands"] = [{"from": 0, "points": 0}, {"from": 5.5, "points": 1}]
    earlier = [one for one in others if one["type"] == "yes_no"]
    if earlier and draw(st.booleans()):
        test = {"item": earlier[0]["id"], "equals": draw(st.booleans())}
        item["when"] = draw(
            st.sampled_from([test, {"not": test}, {"any": [test, {"module": modules}]}])
        )
    return item


@st.composite
def pack_data(draw: st.DrawFn) -> dict[str, Any]:
    """``pack.yaml`` and the other files of a pack, by name, as plain data."""
    modules = draw(st.lists(ids, min_size=1, max_size=2, unique=True))
    main = {
        "pack": draw(ids),
        "version": "1.10.0",
        "languages": LANGUAGES,
        "title": draw(texts()),
        "scale": {"from": 1, "to": 5, "levels": draw(st.dictionaries(st.just(1), texts()))},
        "competencies": [
            {"id": "C1", "name": draw(texts()), "definition": draw(texts())},
            {"id": "C2", "name": draw(texts()), "kind": "arrangement"},
        ],
        "modules": [
            {
                "id": module,
                "name": draw(texts()),
                "weights": {"C1": 33.3, "C2": 66.7},
                "minimums": {"C2": draw(st.floats(1, 5))},
                "knowledge": {"C1": 0.1 + 0.2},
            }
            for module in modules
        ],
        "bands": [{"id": "b", "from": 0, "name": draw(texts()), "use": draw(texts())}],
        "waves": [
            {"id": "M0", "name": draw(texts()), "asks": "all", "when": draw(texts())},
            {"id": "M1", "name": draw(texts()), "asks": draw(st.sampled_from([[], ["C1"]]))},
        ],
        "policy": {"min_items": 1, "note_required": draw(st.lists(st.integers(1, 5), max_size=2))},
        "priors": {"strength": draw(st.floats(0, 9))},
        "forbidden": [{"id": "t", "topic": draw(texts()), "words": draw(lists)}],
    }
    files: dict[str, Any] = {"pack.yaml": main}
    taken = draw(st.lists(ids, min_size=2, max_size=6, unique=True))
    cut = draw(st.integers(1, len(taken)))
    made: list[dict[str, Any]] = []
    for at, part in enumerate([part for part in (taken[:cut], taken[cut:]) if part]):
        items = []
        for name in part:
            items.append(_item(draw, name, modules, made))
            made.append(items[-1])
        middle = draw(st.integers(1, len(items)))
        title = draw(texts())
        sections = [{"title": title, "items": items[:middle]}]
        if items[middle:]:
            sections.append({"title": draw(st.just(title) | texts()), "items": items[middle:]})
        files[f"{'ba'[at]}.yaml"] = {
            "questionnaire": f"{'xy'[at]}",
            "for": draw(st.sampled_from(["interviewer", "candidate", "manager"])),
            "title": draw(texts()),
            "sections": sections,
        }
    if draw(st.booleans()):
        files["development.yaml"] = {
            "levels": {"L": 1, "M": 2.5, "H": 4},
            "actions": [{"id": "a", "competency": "C1", "level": "L", "text": draw(texts())}],
            "programme": draw(texts()),
        }
    if draw(st.booleans()):
        files["continuity.yaml"] = {
            "facts": [{"id": "R1", "kind": "position", "ask": draw(texts())}],
            "on_red": draw(texts()),
        }
    return files
