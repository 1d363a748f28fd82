"""Why a hub could not be reached or said no, in words: what happened and what to do."""

import errno
import socket
import ssl
from collections.abc import Iterator
from typing import Final

from app.domain.errors import HubRefused, HubUnreachable
from app.domain.words import Words
from app.wire.messages import Refusal, RefusalCode

_GOES_ON = Words(
    zh="報到照常，連上後自動補傳。", en="Check-in goes on; it is sent when the hub is back."
)
NO_NETWORK: Final = Words(zh="這台電腦沒有網路。", en="This machine has no network.")
NO_NAME: Final = Words(zh="找不到同步中心的網址。", en="The hub's address could not be found.")
NOT_LISTENING: Final = Words(
    zh="同步中心沒有回應：程式沒開，或埠號不對。",
    en="Nothing listens there: the hub is not running, or the port is another.",
)
TOO_SLOW: Final = Words(zh="同步中心太久沒有回應。", en="The hub took too long to answer.")
CUT_OFF: Final = Words(zh="連線中斷。", en="The connection was cut.")
PORTAL: Final = Words(
    zh="回應的不是同步中心，而是網路的登入頁或攔截頁。",
    en="What answered is not the hub but the network's sign-in or block page.",
)
PROXY_SIGN_IN: Final = Words(
    zh="網路的代理伺服器要求登入。", en="The network's proxy asks for a sign-in."
)
PROXY_FAILED: Final = Words(
    zh="網路的代理伺服器連不到同步中心。", en="The network's proxy could not reach the hub."
)
NOT_TRUSTED: Final = Words(
    zh="連線的憑證不是同步中心的，這台電腦也不信任它：可能有設備在攔截連線。",
    en="The connection's certificate is not the hub's and this machine does not trust it: "
    "something may be intercepting.",
)
WRONG_CLOCK: Final = Words(
    zh="這台電腦的日期時間不對，無法檢查同步中心的憑證。",
    en="This machine's date is wrong, so the hub's certificate cannot be checked.",
)
NO_TLS: Final = Words(
    zh="那個位址不支援加密連線。", en="That address does not speak encrypted connections."
)
NOT_A_HUB: Final = Words(zh="那個位址不是同步中心。", en="There is no hub at that address.")
NOT_VOUCHED: Final = Words(
    zh="回應沒有同步中心的簽章，或途中被更動。",
    en="The answer does not carry the hub's signature, or was changed on the way.",
)
OTHER_HUB: Final = Words(
    zh="那個位址現在是另一個同步中心（識別碼不同）。",
    en="Another hub answers at that address (its key differs).",
)
DAMAGED: Final = Words(
    zh="同步中心的回應在途中損壞。", en="The hub's answer was damaged on the way."
)
OVERSIZED: Final = Words(
    zh="回應太大，不像是同步中心的。", en="The answer is too large to be the hub's."
)
AWAY: Final = Words(
    zh="同步中心前面的伺服器說同步中心暫時不在。",
    en="The server in front of the hub says the hub is away.",
)

_REMEDIES: Final[dict[Words, Words]] = {
    NO_NAME: Words(zh="請檢查網址與網路。", en="Check the address and the network."),
    NOT_LISTENING: Words(
        zh="請確認那台電腦已開啟同步中心，防火牆允許連入。",
        en="See that the hub runs on its machine and its firewall lets others in.",
    ),
    PORTAL: Words(
        zh="請先用瀏覽器登入這個網路。", en="Sign in to this network with a browser first."
    ),
    PROXY_SIGN_IN: Words(
        zh="請在系統的代理設定裡登入，或改用其他網路。",
        en="Sign in in the system's proxy settings, or use another network.",
    ),
    NOT_TRUSTED: Words(
        zh="請換一個網路，或請資訊組把學校的憑證裝進系統。",
        en="Use another network, or have the school's certificate installed in the system.",
    ),
    WRONG_CLOCK: Words(zh="請把日期時間調正確。", en="Set the date and time right."),
    NO_TLS: Words(
        zh="請檢查網址與埠號；個資不會不加密送出。",
        en="Check address and port; personal data is never sent unencrypted.",
    ),
    NOT_A_HUB: Words(zh="請檢查網址與埠號。", en="Check the address and the port."),
    OTHER_HUB: Words(
        zh="請向承辦人確認；若同步中心真的換了，請用新的邀請碼重新加入。",
        en="Ask the organizer; if the hub really was replaced, join again with a new code.",
    ),
}
_REFUSALS: Final[dict[RefusalCode, tuple[Words, Words]]] = {
    RefusalCode.CODE_UNKNOWN: (
        Words(zh="同步中心不認得這個邀請碼。", en="The hub does not know this code."),
        Words(
            zh="請核對每個字，或請承辦人再發一個。", en="Check every letter, or ask for a new one."
        ),
    ),
    RefusalCode.CODE_EXPIRED: (
        Words(zh="邀請碼已過期。", en="The code has expired."),
        Words(zh="請承辦人再發一個。", en="Ask the organizer for a new one."),
    ),
    RefusalCode.CODE_USED: (
        Words(zh="邀請碼已經用過。", en="The code was used already."),
        Words(zh="請承辦人再發一個。", en="Ask the organizer for a new one."),
    ),
    RefusalCode.NOT_ENROLLED: (
        Words(zh="這台電腦沒有加入這個同步中心。", en="This machine did not join this hub."),
        Words(zh="請用新的邀請碼加入。", en="Join with a new code."),
    ),
    RefusalCode.WAITING: (
        Words(zh="同步中心還在等承辦人核准。", en="The hub waits for an organizer's approval."),
        Words(zh="請對照兩邊畫面的六個詞。", en="Compare the six words on both screens."),
    ),
    RefusalCode.REVOKED: (
        Words(
            zh="這台電腦的使用權已被承辦人撤銷。",
            en="An organizer has revoked this machine.",
        ),
        Words(zh="請找承辦人。", en="Talk to the organizer."),
    ),
    RefusalCode.NOT_ALLOWED: (
        Words(zh="這台電腦沒有這項權限。", en="This machine may not do that."),
        Words(zh="請找承辦人。", en="Talk to the organizer."),
    ),
    RefusalCode.TOO_LARGE: (
        Words(zh="送出的資料太大，同步中心不收。", en="What was sent is too large for the hub."),
        Words(zh="請回報這個問題。", en="Please report this."),
    ),
    RefusalCode.TOO_MANY: (
        Words(zh="同步中心忙不過來。", en="The hub has too many requests."),
        Words(zh="會自動再試。", en="It is tried again by itself."),
    ),
    RefusalCode.BUSY: (
        Words(zh="同步中心暫時忙碌，沒有存下這一批。", en="The hub is busy and stored nothing."),
        Words(zh="會自動再試。", en="It is tried again by itself."),
    ),
    RefusalCode.UNKNOWN_EVENT: (
        Words(zh="同步中心沒有這個活動。", en="The hub does not hold this event."),
        Words(zh="請用承辦人的邀請碼加入。", en="Join with an organizer's code."),
    ),
    RefusalCode.EVENT_HERE: (
        Words(zh="邀請碼是另一個活動的。", en="The code is for another event."),
        Words(zh="請請承辦人為這個活動發邀請碼。", en="Ask for a code for this event."),
    ),
    RefusalCode.NEEDS_HTTPS: (NO_TLS, Words(zh="請用 https://。", en="Use https://.")),
}
_OTHER_REFUSAL: Final = (
    Words(zh="同步中心拒絕了這個要求。", en="The hub refused this request."),
    Words(zh="請更新程式後再試。", en="Update the program, then try again."),
)

_BY_KIND: Final[dict[type[OSError], Words]] = {
    socket.gaierror: NO_NAME,
    ConnectionRefusedError: NOT_LISTENING,
    TimeoutError: TOO_SLOW,
}
_BY_NUMBER: Final[dict[int | None, Words]] = {
    errno.ENETUNREACH: NO_NETWORK,
    errno.ENETDOWN: NO_NETWORK,
    errno.EHOSTUNREACH: NOT_LISTENING,
}


class HubBusy(HubRefused):
    """The hub answered that it cannot now; `retry_after_ms` says when to ask again."""

    def __init__(
        self, message: Words, *, remedy: Words, code: str = "", retry_after_ms: int = 1_000
    ) -> None:
        super().__init__(message, remedy=remedy, code=code)
        self.retry_after_ms = retry_after_ms


def unreachable(what: Words) -> HubUnreachable:
    """Return the error of a hub that was not reached."""
    return HubUnreachable(what, remedy=_REMEDIES.get(what, _GOES_ON))


def refused(refusal: Refusal) -> HubRefused:
    """Return the error of a hub's own no."""
    message, remedy = _REFUSALS.get(refusal.code, _OTHER_REFUSAL)
    if refusal.code in {RefusalCode.BUSY, RefusalCode.TOO_MANY}:
        return HubBusy(
            message,
            remedy=remedy,
            code=refusal.code,
            retry_after_ms=refusal.retry_after_ms or 1_000,
        )
    return HubRefused(message, remedy=remedy, code=refusal.code)


def connection_words(error: BaseException) -> Words:
    """Return what a failed connection means, from the errors that caused it."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLError):
            return _tls_words(cause)
        if isinstance(cause, OSError) and cause.errno in _BY_NUMBER:
            return _BY_NUMBER[cause.errno]
        for kind, words in _BY_KIND.items():
            if isinstance(cause, kind):
                return words
    return CUT_OFF


def _tls_words(error: ssl.SSLError) -> Words:
    text = str(error).lower()
    if isinstance(error, ssl.SSLCertVerificationError):
        return WRONG_CLOCK if "not yet valid" in text or "expired" in text else NOT_TRUSTED
    if "wrong_version" in text or "record layer" in text or "unknown_protocol" in text:
        return NO_TLS
    return CUT_OFF


def _causes(error: BaseException) -> Iterator[BaseException]:
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__ or found.__context__
