"""Pages from templates: every text is escaped, and a page asks the network for nothing."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from assess.exchange.safe import clean, neutralise

if TYPE_CHECKING:
    from jinja2 import Environment

_TAGS = {"zh": "zh-CN"}


def page(name: str, language: str, **values: Any) -> bytes:
    """The page that ``NAME.html`` makes of ``values``, in the look of ``NAME.css``."""
    lang = _TAGS.get(language, language)
    made = _templates().get_template(f"{name}.html")
    return made.render(lang=lang, css=_file(f"{name}.css"), **values).encode("utf-8")


@cache
def _templates() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        autoescape=True,
        loader=FunctionLoader(_file),
        undefined=StrictUndefined,
        finalize=_holdable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["inert"] = lambda text: neutralise(clean(text))
    return environment


def _holdable(value: Any) -> Any:
    return clean(value) if type(value) is str else value


def _file(name: str) -> str:
    return (resources.files("assess.exchange") / "templates" / name).read_text(encoding="utf-8")
