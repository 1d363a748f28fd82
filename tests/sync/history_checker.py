"""An independent judge of what machines did: it reads exported histories and nothing else.

    python history_checker.py HISTORY.jsonl        (exit 1 and one line per fault)

It imports nothing of the program: canonical JSON, hashes and signatures are worked out here a
second time, from the design page. Each line of a history is an object with a `record`:

* `node`: name, and whether it is the `goal` where all facts must arrive (at least one is);
* `ack`: what a person was shown as stored: node, id, device, incarnation, seq, hash;
* `lost`: ids that were on no disk at all any more after disks were rolled back;
* `copied`: a device's file was copied and both go on, so its chains may fork;
* `fact`: one stored fact of a node: the 21 columns by name, and `branch` (`trunk` or `fork`);
* `head`: a signed head at a node: device, incarnation, seq, hash, public_key, signature;
* `tip`: what a node says is the end of a chain: device, incarnation, seq, hash.
"""

import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

Record = Mapping[str, Any]
_CLOCKS = ("at", "boot", "mono", "offset_ms", "offset_quality", "tz")
_TEXTS = (
    "actor", "device", "event_id", "id", "incarnation", "kind", "prev_hash", "private_hash",
    "seq", "subject",
)  # fmt: skip
_FIRST = "0" * 64


def canonical(value: object) -> str:
    """Return RFC 8785 JSON for what facts hold: text, whole numbers, lists, ASCII keys."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def hash_of(fact: Record) -> str:
    """Return the hash a fact must have."""
    envelope = {name: fact[name] for name in (*_TEXTS, *_CLOCKS)}
    envelope["hlc"] = str(fact["hlc"])  # beyond 53 bits: a text in JSON
    envelope["body"] = json.loads(fact["body"])
    return hashlib.sha256(canonical(envelope).encode()).hexdigest()


def check(records: Iterable[Record]) -> list[str]:
    """Return every fault of a history, empty where it is sound."""
    return list(_Judge(records).faults())


class _Judge:
    """A history in memory, sorted by what its records say."""

    def __init__(self, records: Iterable[Record]) -> None:
        by_kind: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            by_kind[record["record"]].append(record)
        self._nodes = {node["name"]: bool(node.get("goal")) for node in by_kind["node"]}
        self._acks = by_kind["ack"]
        self._lost = {lost for record in by_kind["lost"] for lost in record["ids"]}
        self._copied = {record["device"] for record in by_kind["copied"]}
        self._facts: dict[str, list[Record]] = {name: [] for name in self._nodes}
        for fact in by_kind["fact"]:
            self._facts[fact["node"]].append(fact)
        self._heads = by_kind["head"]
        self._tips: dict[str, list[tuple[Any, ...]]] = {name: [] for name in self._nodes}
        for tip in by_kind["tip"]:
            place = (tip["device"], tip["incarnation"], tip["seq"], tip["hash"])
            self._tips[tip["node"]].append(place)
        self._sound_hashes: dict[str, bool] = {}

    def faults(self) -> Iterator[str]:
        """Yield all faults."""
        if not any(self._nodes.values()):
            yield "no goal: a history without one proves nothing"
        yield from self._lost_acknowledgements()
        for node, facts in self._facts.items():
            yield from _doubles(node, facts)
            yield from self._chains(node, facts)
            yield from self._bytes(node, facts)
        yield from self._differences()
        yield from self._unequal_tips()
        yield from self._bad_heads()

    def _lost_acknowledgements(self) -> Iterator[str]:
        for node, is_goal in self._nodes.items():
            if not is_goal:
                continue
            there = {fact["id"]: fact["hash"] for fact in self._facts[node]}
            for ack in self._acks:
                if ack["id"] not in there:
                    if ack["id"] not in self._lost:
                        yield f"lost: {ack['id']} of {ack['node']} is not at {node}"
                elif there[ack["id"]] != ack["hash"]:
                    yield f"changed: {ack['id']} of {ack['node']} has another hash at {node}"

    def _chains(self, node: str, facts: list[Record]) -> Iterator[str]:
        """Contiguity, links, and forks only where a file was copied."""
        chains: dict[tuple[str, str], list[Record]] = defaultdict(list)
        for fact in facts:
            chains[fact["device"], fact["incarnation"]].append(fact)
        for (device, incarnation), members in chains.items():
            trunk = sorted(
                (fact for fact in members if fact["branch"] == "trunk"), key=lambda f: f["seq"]
            )
            if [fact["seq"] for fact in trunk] != list(range(1, len(trunk) + 1)):
                yield f"gap: {device}/{incarnation} at {node}"
            known = {(fact["seq"], fact["hash"]) for fact in members} | {(0, _FIRST)}
            for fact in members:
                if (fact["seq"] - 1, fact["prev_hash"]) not in known:
                    yield f"unlinked: {fact['id']} at {node}"
            if len(trunk) < len(members) and device not in self._copied:
                yield f"forked: {device}/{incarnation} at {node}, though nobody copied it"

    def _bytes(self, node: str, facts: list[Record]) -> Iterator[str]:
        for fact in facts:
            if not self._is_hash_sound(fact):
                yield f"altered: {fact['id']} at {node}"
            private, salt = fact["private"], fact["salt"]
            if private is not None and salt is not None:
                digest = hashlib.sha256((salt + private).encode()).hexdigest()
                if digest != fact["private_hash"]:
                    yield f"altered: private part of {fact['id']} at {node}"
            elif (private, salt) != (None, None):
                yield f"altered: private part of {fact['id']} at {node} is half there"

    def _is_hash_sound(self, fact: Record) -> bool:
        """Work the hash out once for the same fact at several nodes (they are compared later)."""
        if fact["hash"] not in self._sound_hashes:
            self._sound_hashes[fact["hash"]] = hash_of(fact) == fact["hash"]
        return self._sound_hashes[fact["hash"]]

    def _differences(self) -> Iterator[str]:
        """One id is one fact, byte for byte, wherever it is; only private parts may be gone."""
        seen: dict[str, tuple[Any, ...]] = {}
        erased = {
            fact["subject"]
            for facts in self._facts.values()
            for fact in facts
            if fact["kind"] == "private.erased"
        }
        names = (*_TEXTS, *_CLOCKS, "hlc", "body", "hash")
        for node, facts in self._facts.items():
            for fact in facts:
                said = tuple(fact[name] for name in names)
                if seen.setdefault(fact["id"], said) != said:
                    yield f"differs: {fact['id']} at {node}"
                is_gone = fact["private"] is None and fact["private_hash"] != ""
                if is_gone and fact["subject"] not in erased:
                    yield f"erased by nobody: {fact['id']} at {node}"
                if fact["private"] is not None and self._must_be_gone(node, fact):
                    yield f"not erased: {fact['id']} at {node}"

    def _must_be_gone(self, node: str, fact: Record) -> bool:
        """Tell whether an erasure at this node covers a fact."""
        return fact["hlc"] < self._erasures(node).get(fact["subject"], 0)

    def _erasures(self, node: str) -> dict[str, int]:
        known: dict[str, dict[str, int]] = self.__dict__.setdefault("_erased_until", {})
        if node not in known:
            until: dict[str, int] = {}
            for fact in self._facts[node]:
                if fact["kind"] == "private.erased":
                    until[fact["subject"]] = max(until.get(fact["subject"], 0), fact["hlc"])
            known[node] = until
        return known[node]

    def _unequal_tips(self) -> Iterator[str]:
        expected: tuple[str, list[tuple[Any, ...]]] | None = None
        for node, facts in self._facts.items():
            said = sorted(self._tips[node])
            if said != sorted(_ends_of(facts)):
                yield f"tips: {node} says other ends than its facts have"
            if expected is None:
                expected = (node, said)
            elif said != expected[1]:
                yield f"tips: {node} differs from {expected[0]}"

    def _bad_heads(self) -> Iterator[str]:
        """Each signed head is the device's own signature over a fact that is here."""
        keys = {
            (fact["device"], fact["incarnation"], json.loads(fact["body"])["public_key"])
            for facts in self._facts.values()
            for fact in facts
            if fact["kind"] == "device.enrolled"
        }
        events = {
            fact["hash"]: fact["event_id"] for facts in self._facts.values() for fact in facts
        }
        checked: set[tuple[Any, ...]] = set()
        for head in self._heads:
            place = tuple(head[name] for name in ("device", "incarnation", "seq", "hash"))
            if (place, head["public_key"], head["signature"]) in checked:
                continue
            checked.add((place, head["public_key"], head["signature"]))
            if (head["device"], head["incarnation"], head["public_key"]) not in keys:
                yield f"head: {place} at {head['node']} is signed by a stranger"
            elif not _is_signed(head, events.get(head["hash"], "")):
                yield f"head: {place} at {head['node']} has a bad signature"


def _doubles(node: str, facts: list[Record]) -> Iterator[str]:
    ids = Counter(fact["id"] for fact in facts)
    places = Counter((fact["device"], fact["incarnation"], fact["seq"], fact["hash"])
                     for fact in facts)  # fmt: skip
    trunk = Counter(
        (fact["device"], fact["incarnation"], fact["seq"])
        for fact in facts
        if fact["branch"] == "trunk"
    )
    for counts in (ids, places, trunk):
        for name, count in counts.items():
            if count > 1:
                yield f"double: {name} at {node}, {count} times"


def _ends_of(facts: list[Record]) -> list[tuple[Any, ...]]:
    """Return the facts that no other fact of the chain follows."""
    followed = {
        (fact["device"], fact["incarnation"], fact["seq"] - 1, fact["prev_hash"]) for fact in facts
    }
    places = ((f["device"], f["incarnation"], f["seq"], f["hash"]) for f in facts)
    return [place for place in places if place not in followed]


def _is_signed(head: Record, event_id: str) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    names = ("device", "hash", "incarnation", "seq")
    said = {"event_id": event_id, **{name: head[name] for name in names}}
    message = b"venuedesk-head-1\n" + canonical(said).encode()
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(head["public_key"]))
        key.verify(bytes.fromhex(head["signature"]), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def read_history(file: Path) -> Iterator[Record]:
    """Yield the records of an exported history."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def main(file: str) -> int:
    """Check one file and say what was found."""
    records = list(read_history(Path(file)))
    faults = check(records)
    for fault in faults:
        sys.stdout.write(fault + "\n")
    counts = Counter(record["record"] for record in records)
    sys.stdout.write(f"{len(faults)} faults in {dict(counts)}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
