"""`python -m huiyin.interfaces.commands` is the same as `huiyin`."""

from huiyin.interfaces.commands import main

main()
