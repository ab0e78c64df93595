"""python -m bot: the same as the chidoan command."""

from bot.cli import main

main()
