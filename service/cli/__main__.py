"""``python -m service.cli`` is the command ``wenmai``."""

from service.cli.commands import main

main()
