"""`venuedesk`: without a command the window, else the command line."""

import sys


def main() -> None:
    """Start. The window is reached without loading the command line, to be there sooner."""
    arguments = sys.argv[1:]
    if wants_window(arguments):
        from app.edge import run_safely  # noqa: PLC0415 - typer is not loaded for a window
        from app.window_door import open_window  # noqa: PLC0415

        profile = arguments[1] if arguments else None
        sys.exit(run_safely(lambda: open_window(profile)))
    from app.cli.main import run  # noqa: PLC0415

    sys.exit(run())


def wants_window(arguments: list[str]) -> bool:
    """Tell whether the arguments ask for the window and nothing else."""
    return not arguments or (len(arguments) == 2 and arguments[0] == "--profile")


if __name__ == "__main__":
    main()
