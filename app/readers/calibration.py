"""The codes of the calibration sheet: known texts that show what a reader makes of them."""

from dataclasses import dataclass

from app.domain.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationCode:
    """One code on the sheet. `is_qr`: else Code 128."""

    key: str
    text: str
    is_qr: bool
    title: Words
    shows: Words


BARS = CalibrationCode(
    key="bars",
    text="VDCAL1BCDEFGHJKLNP",
    is_qr=False,
    title=Words("① 一維條碼", "1 Bar code"),
    shows=Words(
        "看讀取器讀不讀 Code 128、有沒有結尾鍵、有沒有開著大寫鎖定。",
        "Whether the reader knows Code 128, sends a suffix, and Caps Lock is off.",
    ),
)
BADGE = CalibrationCode(
    key="badge",
    text="VDCALBCDEFGHJKLNPRSTVXBCD",
    is_qr=True,
    title=Words("② 名牌大小的 QR", "2 QR as on badges"),
    shows=Words(
        "和名牌上的 QR 一樣大小：看讀取器讀不讀 QR、輸入法有沒有開著。",
        "Just as on a badge: whether the reader knows QR and the input method is off.",
    ),
)
SIGNS = CalibrationCode(
    key="signs",
    text="VDCAL3 abcxyz AQWMYZ 0123456789 -_/:;.,",
    is_qr=True,
    title=Words("③ 各種字元的 QR", "3 QR with every kind of sign"),
    shows=Words(
        "看鍵盤配置、大小寫、全形與傳送速度。",
        "Shows keyboard layout, case, full width and speed.",
    ),
)
CODES = (BARS, BADGE, SIGNS)
