"""`recovery set`, `recovery test`, `recovery unlock`: the key had back by a passphrase."""

from typing import Annotated

import typer

from app.bootstrap import build_events
from app.cli.output import JsonOption, ProfileOption, print_json, say
from app.cli.passphrases import PassphraseFile, read_passphrase
from app.domain.errors import Conflict
from app.domain.words import Words
from app.system_clock import SystemClock

recovery_app = typer.Typer(help="Recovery passphrase.", no_args_is_help=True)
NOT_NOW = Words(
    zh="密語是對的，但它封存的是另一把金鑰。",
    en="The passphrase is right, but the key it seals is not the one in use.",
)
AGAIN = Words(zh="請再設定一次復原密語。", en="Set the recovery passphrase again.")


@recovery_app.command("set")
def set_(
    *,
    passphrase_file: PassphraseFile = None,
    generate: Annotated[
        bool, typer.Option("--generate", help="Make six words and print them once.")
    ] = False,
    profile: ProfileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Seal the database key with a passphrase; backups from now on carry it."""
    from app.domain.passphrase import new_passphrase
    from app.services.recovery_key import set_passphrase

    found, _ = build_events(profile)
    chosen = new_passphrase() if generate else read_passphrase(passphrase_file, twice=True)
    set_passphrase(found, chosen, SystemClock())
    if as_json:
        print_json({"set": True, **({"passphrase": chosen} if generate else {})})
    elif generate:
        typer.echo(chosen)
    say(
        Words(
            zh="復原密語已設定。請寫在紙上，和筆電分開收好：沒有它，金鑰遺失時誰也救不回資料。",
            en="The recovery passphrase is set. Keep it on paper, away from the laptop: without "
            "it nobody can bring the data back once the key is lost.",
        )
    )


@recovery_app.command("test")
def try_(
    *,
    passphrase_file: PassphraseFile = None,
    profile: ProfileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Try the passphrase against the key in use."""
    from app.services.recovery_key import is_passphrase_right

    found, _ = build_events(profile)
    if not is_passphrase_right(found, read_passphrase(passphrase_file)):
        raise Conflict(NOT_NOW, remedy=AGAIN)
    if as_json:
        print_json({"right": True})
        return
    say(Words(zh="密語正確。", en="The passphrase is right."))


@recovery_app.command("unlock")
def unlock_(
    *,
    passphrase_file: PassphraseFile = None,
    profile: ProfileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put the key back after the keyring or the key file lost it."""
    from app.services.recovery_key import unlock

    found, _ = build_events(profile)
    place = unlock(found, read_passphrase(passphrase_file))
    if as_json:
        print_json({"key_place": place})
        return
    say(Words(zh="金鑰已放回。", en="The key is back."))
