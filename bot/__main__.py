"""python -m bot: the same as the chidoan command."""

from bot.cli import main

if __name__ == "__main__":
    main()
