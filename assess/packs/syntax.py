"""What the YAML scanner complains about, in words that an author can mend a file from."""

from __future__ import annotations

import re

import yaml

from assess.i18n import N_, _

_NOT_ALLOWED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_QUOTES = N_("put the whole text in quotation marks, or begin it with '>-' on a line of its own")
_INDENT = N_(
    "let keys of the same level begin in the same column, and write a quotation mark twice inside "
    "a text in quotation marks"
)
# (what the scanner says, what that means, what mends it, whether its beginning is the better place)
_KNOWN = (
    ("mapping values are not allowed", N_("a colon stands inside a text"), _QUOTES, False),
    (
        "block sequence entries are not allowed",
        N_("a list begins with '-' behind its key"),
        N_("begin the list on the next line"),
        False,
    ),
    (
        "could not find expected ':'",
        N_("this line is neither a key with a colon nor part of the text above"),
        N_("write 'key: value', or indent it under its text"),
        True,
    ),
    (
        "found unexpected end of stream",
        N_("a quotation mark is opened here and never closed"),
        N_("close it at the end of the text"),
        True,
    ),
    (
        "',' or ']'",
        N_("the list that begins here with '[' is not closed"),
        N_("end it with ']' and put ',' between its elements"),
        True,
    ),
    (
        "',' or '}'",
        N_("the mapping that begins here with '{' is not closed"),
        N_("end it with '}' and put ',' between its parts"),
        True,
    ),
    ("did not find expected key", N_("no key is found where one is due"), _INDENT, False),
    (
        "did not find expected '-'",
        N_("the list is not continued with '-'"),
        N_("begin the line with '-', or end the list by indenting less"),
        False,
    ),
    (
        "unknown escape",
        N_("a backslash in double quotation marks has a meaning of its own"),
        N_("use single quotation marks, or write it twice"),
        False,
    ),
    (
        "undefined tag handle",
        N_("a word that begins with '!' is not a text"),
        N_("put it in quotation marks"),
        True,
    ),
    (
        "expected node content",
        N_("a value is missing, or a bracket closes nothing"),
        N_("write a value, or put the text in quotation marks"),
        False,
    ),
    (
        "expected <document start>",
        N_("the document has ended above and something follows"),
        N_("keep one document in a file"),
        False,
    ),
    (
        "incompatible YAML document",
        N_("the file asks for another version of YAML"),
        N_("take the line that begins with '%' out"),
        False,
    ),
)


# written as an escape ("\\u001b") they pass YAML, and would steer a terminal or turn words around
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def hidden_character(value: str) -> str | None:
    """The number of the first character in a text that steers instead of being read."""
    found = _HIDDEN.search(value)
    return f"U+{ord(found[0]):04X}" if found else None


def forbidden_character(text: str) -> tuple[tuple[int, int], str] | None:
    """The first character that YAML does not allow: its line and column from 1, and its number."""
    found = _NOT_ALLOWED.search(text)
    if not found:
        return None
    lines = re.split("\r\n|\r|\n", text[: found.start()])
    return (len(lines), len(lines[-1]) + 1), f"U+{ord(found[0]):04X}"


def in_plain_words(error: yaml.YAMLError, text: str) -> tuple[tuple[int, int], str, str]:
    """The place (line and column from 1), what is wrong and what would be right."""
    problem = str(getattr(error, "problem", None) or error)
    problem_mark = getattr(error, "problem_mark", None)
    begin = getattr(error, "context_mark", None) or problem_mark
    mark = _place(problem_mark or begin)
    if "cannot start any token" in problem or "tab character" in problem:
        return _character(mark, text)
    if "expected alphabetic or numeric character" in problem:
        return _character(_place(begin), text)
    slip = _slip(problem, mark, re.split("\r\n|\r|\n", text))
    if slip:
        place, what, remedy = slip
        return place, _(what), _(remedy)
    for sign, what, remedy, at_begin in _KNOWN:
        if sign in problem:
            return _place(begin) if at_begin else mark, _(what), _(remedy)
    what = _("this is not valid YAML ({problem})").format(problem=problem)
    return mark, what, _("compare indentation, colons and quotation marks with the lines around")


# a key with the colon that a Chinese keyboard types, or with no blank behind the colon
_WIDE_COLON = re.compile(r"\s*(?:- )?\s*[\w.-]+()：")
_NO_BLANK = re.compile(r"\s*(?:- )?\s*[\w.-]+():(?=[^\s:/])")
_WIDE_BLANK = re.compile(r" *()[\xa0\u2000-\u200b\u202f\u3000]")
_OF_A_LINE = (
    (
        _WIDE_BLANK,
        N_("the line begins with a blank that YAML does not count as one"),
        N_("indent with the spaces of the space bar, typed in half width"),
    ),
    (
        _WIDE_COLON,
        N_("the colon behind this key is a full-width one"),
        N_("write 'key: value' with ':' and a blank"),
    ),
    (
        _NO_BLANK,
        N_("no blank stands behind the colon"),
        N_("write 'key: value' with ':' and a blank"),
    ),
)


def _slip(
    problem: str, mark: tuple[int, int], lines: list[str]
) -> tuple[tuple[int, int], str, str] | None:
    """What somebody typing slips into, told from the letters around the place of the complaint."""
    number, column = mark
    line = lines[number - 1] if number <= len(lines) else ""
    before, here = line[: column - 1], line[column - 1 : column]
    a_key_alone = re.fullmatch(r"\s*[\w.-]+", before)
    if "',' or" in problem and here == ":" and not a_key_alone:
        if re.search(r"，\s*[\w.-]+$", before):
            wide = before.rindex("，") + 1
            return (number, wide), N_("a full-width comma stands here"), N_("write ',' and a blank")
        return mark, N_("a colon stands inside a text"), N_("put the whole text in quotation marks")
    if "',' or" not in problem and before.rstrip().endswith(("'", '"', "]", "}")):
        return (
            mark,
            N_("what began with a quotation mark or a bracket has ended, and something follows"),
            N_("put the whole text in quotation marks that do not occur in it"),
        )
    # where the colon is that of a key, the text that it cannot follow began in the line above
    above = "expected ':'" in problem or a_key_alone
    for at in (number - 1, number) if above else (number,):
        for sign, what, remedy in _OF_A_LINE if above else _OF_A_LINE[:1]:
            found = sign.match(lines[at - 1]) if 0 < at <= len(lines) else None
            if found:
                return (at, found.start(1) + 1), what, remedy
    return None


def _place(mark: yaml.Mark | None) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _character(mark: tuple[int, int], text: str) -> tuple[tuple[int, int], str, str]:
    lines = re.split("\r\n|\r|\n", text)
    line = lines[mark[0] - 1] if mark[0] <= len(lines) else ""
    found = line[mark[1] - 1 : mark[1]]
    if found == "\t" or "\t" in line[: mark[1]]:
        return mark, _("a tab stands where YAML wants spaces"), _("indent with spaces only")
    what = _("a text may not begin with '{character}'").format(character=found)
    return mark, what, _("put the text in quotation marks")
