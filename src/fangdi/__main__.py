"""`python -m fangdi` is the `fangdi` command."""

from fangdi.cli import main

main()
