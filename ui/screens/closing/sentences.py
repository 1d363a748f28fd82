"""Sentences of the Closing place that carry numbers."""

from app.domain.credit import Finding, Reason
from app.domain.words import Words
from app.services.closing import CreditLine, Seal
from ui.language import say
from ui.screens.closing import wording


def finding(found: Finding) -> Words:
    """Say one reason with its minutes."""
    words = wording.REASONS[found.reason]
    if found.minutes is None:
        return words
    return Words(zh=f"{words.zh} {found.minutes} 分", en=f"{words.en} {found.minutes} min")


def findings(line: CreditLine) -> str:
    """Say all reasons of a person, a missing ID number included."""
    told = [say(finding(found)) for found in line.proposal.findings]
    reasons = {found.reason for found in line.proposal.findings}
    if not line.has_id and Reason.NO_ID_NUMBER not in reasons:
        told.insert(0, say(wording.REASONS[Reason.NO_ID_NUMBER]))
    return "・".join(told)


def decision(line: CreditLine) -> str:
    """Say what was decided and why, empty while undecided."""
    made = line.decision
    if made is None:
        return ""
    granted = Words(zh=f"核給 {made.hours} 小時", en=f"{made.hours} h granted")
    verb = granted if made.granted else Words(zh="不核給", en="denied")
    return f"{say(verb)}：{made.reason}" if made.reason else say(verb)


def presence(line: CreditLine) -> Words:
    """Say how long somebody was in the room and what is proposed."""
    hours, minutes = divmod(line.minutes_present, 60)
    return Words(
        zh=f"在場 {hours} 小時 {minutes:02d} 分・可核給 {line.proposal.hours} 小時",
        en=f"In the room {hours} h {minutes:02d} min · {line.proposal.hours} h at stake",
    )


def progress(to_review: int, clean: int, decided: int) -> Words:
    """Say how far the review is."""
    return Words(
        zh=f"待審 {to_review:,}・無異常 {clean:,}・已決定 {decided:,}",
        en=f"{to_review:,} to review · {clean:,} clean · {decided:,} decided",
    )


def approved(count: int) -> Words:
    """Say how many were approved and how to take one back."""
    return Words(
        zh=f"已核准 {count:,} 人。若有誤，到「已決定」選人，按 D 附理由改判即可。",
        en=f"Approved {count:,}. To take one back, pick it under “Decided” and press D.",
    )


def decided(name: str, *, granted: bool) -> Words:
    """Say what was just decided and how to change it."""
    zh, en = ("核給", "granted") if granted else ("不核給", "denied")
    return Words(
        zh=f"{name}：{zh}。要改判請到「已決定」。",
        en=f"{name}: {en}. Change it under “Decided”.",
    )


def arm(*, grant: bool) -> Words:
    """Ask for the reason of a decision that was begun."""
    if grant:
        return Words(zh="核給：請選理由 1–5", en="Granting: pick a reason, 1–5")
    return Words(zh="不核給：請選理由 1–5", en="Denying: pick a reason, 1–5")


def saved(file: str, rows: int) -> Words:
    """Say which file was written with how many rows."""
    return Words(zh=f"✓ 已存檔，共 {rows:,} 列：{file}", en=f"✓ Saved {rows:,} rows: {file}")


def sheet_saved(file: str) -> Words:
    """Say where the seal sheet is."""
    return Words(zh=f"✓ 封存單已存檔：{file}", en=f"✓ Seal sheet saved: {file}")


def problems(count: int) -> Words:
    """Say how many problems the check found; the file can be written all the same."""
    return Words(
        zh=f"⚠ 檢查到 {count:,} 個問題；仍可存檔，有問題的人請看下表。",
        en=f"⚠ Problems found: {count:,}. The file can be saved all the same; see the list.",
    )


def undecided(count: int) -> Words:
    """Warn before sealing while people are undecided."""
    return Words(
        zh=f"⚠ 還有 {count:,} 人未決定。可以先封存，但他們不會出現在時數檔裡。",
        en=f"⚠ Undecided: {count:,}. You can seal, but they will not be in the credit file.",
    )


def all_decided() -> Words:
    """Say that nothing stands in the way of the seal."""
    return Words(zh="✓ 每個人都決定好了，可以封存。", en="✓ Everybody is decided; ready to seal.")


def sealed(seal: Seal, when: str) -> Words:
    """Say what the seal holds."""
    return Words(
        zh=f"已於 {when} 封存・紀錄 {seal.facts:,} 筆（第 {seal.first_seq:,}–{seal.last_seq:,} 號）"
        f"・核給 {seal.granted:,}・不核給 {seal.denied:,}・未決定 {seal.undecided:,}",
        en=f"Sealed {when} · {seal.facts:,} records (no. {seal.first_seq:,}–{seal.last_seq:,})"
        f" · {seal.granted:,} granted · {seal.denied:,} denied · {seal.undecided:,} undecided",
    )


def sealed_at(when: str) -> Words:
    """Say when a session was sealed."""
    return Words(zh=f"已於 {when} 封存。", en=f"Sealed {when}.")
