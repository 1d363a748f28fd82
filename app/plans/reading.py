"""Reading plan files: from a path or a bundled plan's name to a `Plan` and its warnings."""

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

import resources
from app.domain.errors import InvalidInput
from app.domain.plan import Plan, PlanWarning
from app.domain.words import Words
from app.plans import toml_text
from app.plans.build import build_plan
from app.plans.contradictions import list_contradictions
from app.plans.lines import Path as KeyPath
from app.plans.lines import line_at, lines_of
from app.plans.mistakes import Mistake, did_you_mean, mistakes_of, shown
from app.plans.rules import list_broken_rules
from app.plans.schema import PlanFile

SHOWN_MISTAKES: Final = 20
_REMEDY: Final = Words(zh="請修改計畫檔後再試一次。", en="Mend the plan file and try again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedPlan:
    """A plan as read from its file, and what contradicts itself in it."""

    plan: Plan
    warnings: tuple[PlanWarning, ...]


def list_bundled_plans() -> tuple[str, ...]:
    """Return the names of the plans the program ships with."""
    return tuple(sorted(file.stem for file in resources.path("plans").glob("*.toml")))


def find_plan_file(name_or_path: str | Path) -> Path:
    """Return the file of a bundled plan's name, or of a path. Raises InvalidInput."""
    if str(name_or_path) in list_bundled_plans():
        return resources.path("plans") / f"{name_or_path}.toml"
    file = Path(name_or_path)
    with suppress(OSError):  # a name no file system takes, a folder we may not look into
        if file.exists():
            return file
    name, hint = shown(str(name_or_path)), did_you_mean(str(name_or_path), list_bundled_plans())
    raise InvalidInput(
        Words(zh=f"找不到計畫「{name}」{hint.zh}。", en=f"There is no plan {name}{hint.en}."),
        remedy=Words(
            zh="請給內建計畫的名稱或 .toml 檔。", en="Name a bundled plan or a .toml file."
        ),
        field=str(name_or_path),
    )


def read_plan(path: Path) -> LoadedPlan:
    """Read and check a plan file. Raises one InvalidInput that names every mistake."""
    try:
        document = toml_text.parse(text := toml_text.decode(_bytes_of(path)))
    except toml_text.UnreadableFileError as error:
        raise _refused(path, [error.mistake]) from None
    file, mistakes = _checked(document)
    if file is None or mistakes:
        lines = lines_of(text)
        found = [replace(each, line=line_at(lines, each.path)) for each in mistakes]
        raise _refused(path, sorted(found, key=lambda each: each.line or 0), document)
    plan = build_plan(file)
    return LoadedPlan(plan=plan, warnings=list_contradictions(plan))


def _bytes_of(path: Path) -> bytes:
    """Return at most one byte more than a plan may have."""
    try:
        if path.exists() and not path.is_file():
            raise toml_text.UnreadableFileError(
                Words(zh="不是檔案，請選一個 .toml 檔", en="is not a file; choose a .toml file")
            )
        with path.open("rb") as opened:
            return opened.read(toml_text.MAX_BYTES + 1)
    except FileNotFoundError:
        words = Words(zh="沒有這個檔案", en="does not exist")
    except OSError:
        words = Words(zh="無法開啟，請確認權限", en="cannot be opened; check its permissions")
    raise toml_text.UnreadableFileError(words)


def _checked(document: dict[str, Any]) -> tuple[PlanFile | None, list[Mistake]]:
    broken = list_broken_rules(document)
    try:
        return PlanFile.model_validate(document), broken
    except ValidationError as error:
        return None, mistakes_of(error) + broken


def _refused(
    path: Path, mistakes: list[Mistake], document: dict[str, Any] | None = None
) -> InvalidInput:
    sentences = [_sentence(mistake, document or {}) for mistake in mistakes[:SHOWN_MISTAKES]]
    if hidden := len(mistakes) - len(sentences):
        sentences.append(Words(zh=f"還有 {hidden} 處", en=f"and {hidden} more"))
    count = len(mistakes)
    counted = "1 mistake" if count == 1 else f"{count} mistakes"
    return InvalidInput(
        Words(
            zh=f"計畫檔 {path.name} 有 {count} 處要改：\n"
            + "\n".join(f"　{each.zh}。" for each in sentences),
            en=f"The plan file {path.name} has {counted}:\n"
            + "\n".join(f"  {each.en}." for each in sentences),
        ),
        remedy=_REMEDY,
        field=str(path),
    )


def _sentence(mistake: Mistake, document: dict[str, Any]) -> Words:
    key = _key_text(mistake.path, document)
    zh_line, en_line = "", ""
    if mistake.line is not None:
        zh_line, en_line = f"第 {mistake.line} 行 ", f"line {mistake.line}: "
    zh_key, en_key = (f"{key}：", f"{key} ") if key else ("", "")
    return Words(
        zh=f"{zh_line}{zh_key}{mistake.words.zh}", en=f"{en_line}{en_key}{mistake.words.en}"
    )


def _key_text(path: KeyPath, document: Any) -> str:
    """Return a path for people: list positions as the row's code, or #1, #2 …"""
    text, value = "", document
    for part in path:
        value = _inside(value, part)
        if isinstance(part, str):
            text += f".{shown(part)}" if text else shown(part)
            continue
        name = value.get("code") or value.get("name") if isinstance(value, dict) else None
        text += f"[{shown(name)}]" if isinstance(name, str) else f"[#{part + 1}]"
    return text


def _inside(value: Any, part: str | int) -> Any:
    try:
        return value[part]
    except (KeyError, IndexError, TypeError):
        return None
