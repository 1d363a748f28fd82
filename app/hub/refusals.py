"""How a hub says no: a code for programs, a sentence for people, never a trace of the inside."""

from http import HTTPStatus

from app.domain.words import Language, Words
from app.wire.messages import Refusal, RefusalCode

_BAD, _NO, _GONE = HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.GONE
_STATUS: dict[RefusalCode, HTTPStatus] = {
    RefusalCode.CODE_UNKNOWN: _NO,
    RefusalCode.CODE_EXPIRED: _GONE,
    RefusalCode.CODE_USED: _GONE,
    RefusalCode.NOT_ENROLLED: _NO,
    RefusalCode.WAITING: _NO,
    RefusalCode.REVOKED: _NO,
    RefusalCode.NOT_ALLOWED: _NO,
    RefusalCode.NONCE: HTTPStatus.UNAUTHORIZED,
    RefusalCode.SIGNATURE: HTTPStatus.UNAUTHORIZED,
    RefusalCode.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    RefusalCode.TOO_MANY: HTTPStatus.TOO_MANY_REQUESTS,
    RefusalCode.MALFORMED: _BAD,
    RefusalCode.UNKNOWN_EVENT: HTTPStatus.NOT_FOUND,
    RefusalCode.EVENT_HERE: HTTPStatus.CONFLICT,
    RefusalCode.BUSY: HTTPStatus.SERVICE_UNAVAILABLE,
    RefusalCode.NEEDS_HTTPS: _NO,
    RefusalCode.NOT_FOUND: HTTPStatus.NOT_FOUND,
}
_WORDS: dict[RefusalCode, Words] = {
    RefusalCode.CODE_UNKNOWN: Words(
        zh="不認得這個邀請碼。請向主辦人再要一個。",
        en="This code is not known here. Ask the organizer for a new one.",
    ),
    RefusalCode.CODE_EXPIRED: Words(
        zh="邀請碼已過期。請向主辦人再要一個。",
        en="This code has run out. Ask the organizer for a new one.",
    ),
    RefusalCode.CODE_USED: Words(
        zh="邀請碼已用過。請向主辦人再要一個。",
        en="This code was used already. Ask the organizer for a new one.",
    ),
    RefusalCode.NOT_ENROLLED: Words(
        zh="這台裝置沒有加入這個活動。請用邀請碼加入。",
        en="This device did not join this event. Join with a code.",
    ),
    RefusalCode.WAITING: Words(
        zh="還在等主辦人核對六個字。",
        en="An organizer has yet to compare the six words.",
    ),
    RefusalCode.REVOKED: Words(
        zh="這台裝置已被停用。它的紀錄都還在同步中心。",
        en="This device was revoked. Its records are kept at the hub.",
    ),
    RefusalCode.NOT_ALLOWED: Words(zh="這台裝置沒有這個權限。", en="This device may not do that."),
    RefusalCode.NONCE: Words(
        zh="請求已過期或重複，請再送一次。", en="The request is too old or was seen before."
    ),
    RefusalCode.SIGNATURE: Words(
        zh="請求的簽章不符。", en="The request's signature is not this device's."
    ),
    RefusalCode.TOO_LARGE: Words(zh="請求太大。", en="The request is too large."),
    RefusalCode.TOO_MANY: Words(zh="請求太頻繁，請稍候。", en="Too many requests; wait a moment."),
    RefusalCode.MALFORMED: Words(
        zh="看不懂這個請求。請確認兩邊的程式版本。",
        en="The request cannot be understood. Check the versions on both sides.",
    ),
    RefusalCode.UNKNOWN_EVENT: Words(zh="這裡沒有這個活動。", en="This event is not at this hub."),
    RefusalCode.EVENT_HERE: Words(
        zh="這個邀請碼是另一個活動的。", en="This code is for another event."
    ),
    RefusalCode.BUSY: Words(
        zh="同步中心現在無法儲存，什麼都沒有存下。請稍候再試。",
        en="The hub cannot store anything now; nothing was stored. Try again in a moment.",
    ),
    RefusalCode.NEEDS_HTTPS: Words(zh="請用 https 連線。", en="Use https to reach this hub."),
    RefusalCode.NOT_FOUND: Words(zh="這裡沒有這個東西。", en="There is nothing here."),
}


class Refused(Exception):
    """A request that gets a refusal instead of an answer."""

    def __init__(
        self,
        code: RefusalCode,
        *,
        status: int | None = None,
        retry_after_ms: int | None = None,
        location: str = "",
    ) -> None:
        """`location` sends a browser on, with a refusal for all others."""
        super().__init__(code.value)
        self.code = code
        self.status = int(status if status is not None else _STATUS[code])
        self.location = location
        if location:
            self.status = int(HTTPStatus.TEMPORARY_REDIRECT)
        self.retry_after_ms = retry_after_ms

    def body(self, accept_language: str = "") -> bytes:
        """Return the refusal as JSON, its sentence in the asker's language."""
        language: Language = "zh" if accept_language.strip().lower().startswith("zh") else "en"
        refusal = Refusal(
            code=self.code,
            message=_WORDS[self.code].in_language(language),
            retry_after_ms=self.retry_after_ms,
        )
        return refusal.model_dump_json().encode()

    def headers(self) -> dict[str, str]:
        """Return what else belongs into the answer."""
        headers = {"content-type": "application/json"}
        if self.retry_after_ms is not None:
            headers["retry-after"] = str(max(1, -(-self.retry_after_ms // 1000)))
        if self.location:
            headers["location"] = self.location
        return headers
