"""The command line: parse arguments, build the real parts, start them."""

from khazri.cli.app import main

__all__ = ["main"]
