"""Where a text may be broken in two."""

BREAKS = "·‧・．. -、，（"


def two_lines(text: str) -> tuple[str, str] | None:
    """Break a text near its middle, at a dot or space if there is one; None when too short."""
    if len(text) < 2:
        return None
    places = [place for place in range(1, len(text) - 1) if text[place] in BREAKS]
    if not places:
        middle = (len(text) + 1) // 2
        return (text[:middle], text[middle:])
    place = min(places, key=lambda place: abs(2 * place + 1 - len(text)))
    cut = place if text[place] == "（" else place + 1
    return (text[:cut].rstrip(), text[cut:].lstrip())


def has_break(text: str) -> bool:
    """Whether the text has a natural place to break."""
    return any(character in BREAKS for character in text[1:-1])
