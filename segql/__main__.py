"""``python -m segql``: the command line."""

from segql.cli import main

if __name__ == "__main__":
    main()
