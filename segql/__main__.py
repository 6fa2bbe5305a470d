"""``segql`` and ``python -m segql``: run the command line."""

from __future__ import annotations

import gc


def main() -> None:
    """Run the command line."""
    # What is imported stays: to look through it for garbage again and again would be in vain.
    # Before a command begins, collections are switched on again.
    gc.disable()
    from segql.cli import main

    main()


if __name__ == "__main__":
    main()
