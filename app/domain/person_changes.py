"""What an edit of a person may say, and what it changes."""

from collections.abc import Mapping
from typing import Final

from app.domain.errors import InvalidInput
from app.domain.id_numbers import id_tail, normalize_id_number
from app.domain.people import PersonData
from app.domain.text import fold_text
from app.domain.words import Words

FIELD_WORDS: Final[dict[str, Words]] = {
    "name": Words("姓名", "Name"),
    "unit_text": Words("單位", "Unit"),
    "title": Words("職稱", "Title"),
    "id_number": Words("身分證號", "ID number"),
    "phone": Words("電話", "Phone"),
    "email": Words("電子郵件", "E-mail"),
    "attention": Words("注意事項", "Attention"),
    "meal": Words("餐食", "Meal"),
}
"""Fields that people may edit, in the order forms show them."""
LONGEST: Final = 200


def check_changes(data: PersonData, changes: Mapping[str, str]) -> dict[str, str]:
    """Return what really changes, tidied. Raises InvalidInput(field) for a field or text not meant.

    An ID number is not refused for its checksum: rosters hold such, and the review tells of it.
    """
    told: dict[str, str] = {}
    for name, typed in changes.items():
        if name not in FIELD_WORDS:
            raise InvalidInput(
                Words(f"沒有「{name}」這個欄位。", f"There is no field {name}."),
                remedy=Words(
                    f"可用的欄位：{'、'.join(FIELD_WORDS)}。", f"Fields: {', '.join(FIELD_WORDS)}."
                ),
                field=name,
            )
        value = normalize_id_number(typed) if name == "id_number" else " ".join(typed.split())
        if len(value) > LONGEST:
            raise InvalidInput(
                Words(f"最多 {LONGEST} 個字。", f"At most {LONGEST} characters."), field=name
            )
        if name == "name" and not fold_text(value):
            raise InvalidInput(Words("請輸入姓名。", "Enter a name."), field="name")
        if value != getattr(data, name):
            told[name] = value
    return told


def shown_value(name: str, value: str) -> str:
    """Return a field's value as histories show it: of an ID number its tail."""
    if name == "id_number" and value:
        return f"…{id_tail(value)}"
    return value or "—"
