"""`bench`: figures beside their physical floor, measured in the same run."""

import importlib
import json
import os
from typing import Annotated

import typer

from app.cli.output import JsonOption, ProfileOption, bad_option, print_json
from app.domain.words import Words

BENCHES = {
    "scan": ("ui.bench.scan", 100_000),
    "search": ("app.bench.search", 1_000_000),
    "answers": ("app.bench.answers", 50_000),
    "desk": ("ui.bench.desk", 300),
    "start": ("ui.bench.start", 100_000),
    "import": ("app.bench.imports", 100_000),
    "badges": ("app.bench.badges", 2_000),
    "merge": ("app.bench.merge", 100_000),
    "hub": ("app.bench.hub", 100_000),
}
"""Name → module with `measure(size)`, and the size the design speaks of."""


def bench(
    name: Annotated[
        str, typer.Argument(help="scan, search, answers, desk, start, import, badges, merge, hub.")
    ],
    *,
    size: Annotated[int | None, typer.Option("--size", min=1, help="How many.")] = None,
    growth: Annotated[
        bool, typer.Option("--growth", help="Measure at ten times the size too.")
    ] = False,
    profile: ProfileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Measure in a throw-away profile and print the figures beside their floor."""
    del profile  # every command takes it; a measurement never touches anybody's data
    if name not in BENCHES:
        raise bad_option(
            "name",
            Words(zh=f"沒有「{name}」這項量測。", en=f"There is no bench named {name}."),
            Words(zh=f"可用：{', '.join(BENCHES)}", en=f"There are: {', '.join(BENCHES)}."),
        )
    module, usual = BENCHES[name]
    # A bench opens windows nobody should see, and its key is worth nothing.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    measure = importlib.import_module(module).measure
    wanted = size if size is not None else usual
    report = measure(wanted)
    if growth:
        report["at_ten_times"] = measure(wanted * 10)
    if as_json:
        print_json(report)
        return
    typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
