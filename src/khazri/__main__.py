"""`python -m khazri` is `khazri`."""

from khazri.cli import main

main()
