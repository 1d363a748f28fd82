"""Says in words that the Python is too old. Every Python since 3.6 must be able to read this."""

import shutil
import sys

OLDEST = (3, 11)
NEWER_NAMES = ("python3.14", "python3.13", "python3.12", "python3.11")


def sentence(script: str) -> str:
    """What is wrong and what to do, with the name of a newer Python if this machine has one."""
    found = next((name for name in NEWER_NAMES if shutil.which(name)), None)
    have = ".".join(str(number) for number in sys.version_info[:2])
    install = "sudo apt install python3.11 python3.11-venv && "
    remedy = f"{found} {script}" if found else f"{install}python3.11 {script}"
    return (
        f"會場報到台需要 Python 3.11 以上，這裡是 {have}。請改用：\n"
        f"Venue Desk needs Python 3.11 or newer, this is {have}. Instead:\n    {remedy}\n"
        "(Windows, macOS: https://www.python.org/downloads/)"
    )


def require_python() -> None:
    """Stop with words when this Python is older than 3.11."""
    if sys.version_info < OLDEST:
        sys.exit(sentence(sys.argv[0]))
