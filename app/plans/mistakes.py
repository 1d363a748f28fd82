"""A mistake in a plan file, in words: where it stands, what is wrong, what to write instead."""

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from app.domain.words import Words
from app.plans.lines import Path
from app.plans.schema import TABLES, WORDS_ERROR

Context = Mapping[str, Any]
LONGEST_SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to mend before the plan can be used."""

    path: Path
    words: Words
    line: int | None = None


def mistakes_of(error: ValidationError) -> list[Mistake]:
    """Put every finding of pydantic into words."""
    found = error.errors(include_input=False, include_url=False)
    inner = {each["loc"][:1] for each in found if len(each["loc"]) > 1}
    return [
        Mistake(each["loc"], _words_of(each["type"], each["loc"], each.get("ctx", {})))
        for each in found
        # A list whose only parts have mistakes counts as empty, which nobody needs to hear.
        if each["type"] != "too_short" or each["loc"] not in inner
    ]


def shown(text: str) -> str:
    """Return a key or value of the file fit for one line of a message."""
    line = "".join(sign if sign.isprintable() else "�" for sign in text)
    return line if len(line) <= LONGEST_SHOWN else f"{line[:LONGEST_SHOWN]}…"


def did_you_mean(wrong: str, right: Iterable[str]) -> Words:
    """Return a suggestion as the end of a sentence; all that is allowed where nothing is close."""
    allowed = sorted(set(right))
    if close := difflib.get_close_matches(wrong, allowed, n=1, cutoff=0.6):
        return Words(zh=f"（是不是要寫 {close[0]}？）", en=f" (did you mean {close[0]}?)")
    if not allowed:
        return Words(zh="", en="")
    listed = allowed[:20]
    return Words(zh=f"；可以寫 {'、'.join(listed)}", en=f"; allowed: {', '.join(listed)}")


def _words_of(kind: str, path: Path, context: Context) -> Words:
    if kind == WORDS_ERROR:
        return Words(zh=context["zh"], en=context["en"])
    if kind == "extra_forbidden":
        return _unknown_key(path)
    if kind in _WITH_CONTEXT:
        return _WITH_CONTEXT[kind](context)
    return _PLAIN.get(kind, _OTHER)


def _unknown_key(path: Path) -> Words:
    names = tuple(part for part in path[:-1] if isinstance(part, str))
    hint = did_you_mean(str(path[-1]), TABLES[names].model_fields if names in TABLES else ())
    return Words(zh=f"不認得這個欄位{hint.zh}", en=f"is an unknown key{hint.en}")


def _choice(context: Context) -> Words:
    allowed = str(context["expected"]).replace(" or ", ", ").replace("'", '"')
    return Words(
        zh=f"只能寫 {allowed.replace(', ', '、')} 其中之一", en=f"must be one of {allowed}"
    )


def _bound(zh: str, en: str, key: str) -> Callable[[Context], Words]:
    return lambda context: Words(zh=f"{zh} {context[key]}", en=f"{en} {context[key]}")


_LIST: Final = Words(zh="要寫成清單：[ … ]", en="must be a list: [ … ]")
_TABLE: Final = Words(zh="要寫成表格（[名稱] 或 { … }）", en="must be a table ([name] or { … })")
_WHOLE: Final = Words(zh="要寫整數，不加引號", en="must be a whole number without quotes")
_OTHER: Final = Words(zh="不能這樣寫", en="cannot be used")
_PLAIN: Final[Mapping[str, Words]] = {
    "missing": Words(zh="缺少這個欄位", en="is missing"),
    "string_type": Words(zh="要寫文字，並加引號", en="must be text in quotes"),
    "string_too_short": Words(zh="不能是空白", en="must not be empty"),
    "string_pattern_mismatch": Words(
        zh="只能用半形英文字母、數字、- 和 _，最多 32 字，開頭是字母或數字",
        en="may only have the letters A-Z, digits, - and _, at most 32, a letter or digit first",
    ),
    "int_type": _WHOLE,
    "int_parsing_size": _WHOLE,
    "bool_type": Words(zh="只能寫 true 或 false，不加引號", en="must be true or false, no quotes"),
    "tuple_type": _LIST,
    "list_type": _LIST,
    "dict_type": _TABLE,
    "model_type": _TABLE,
    "model_attributes_type": _TABLE,
    "too_short": Words(zh="至少要有一項", en="needs at least one entry"),
}
_WITH_CONTEXT: Final[Mapping[str, Callable[[Context], Words]]] = {
    "literal_error": _choice,
    "greater_than_equal": _bound("不能小於", "must not be less than", "ge"),
    "less_than_equal": _bound("不能大於", "must not be more than", "le"),
    "string_too_long": _bound(
        "太長，字數上限是", "is too long; the most characters are", "max_length"
    ),
}
