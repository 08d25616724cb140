"""``python -m repetiteur`` is the command ``repetiteur``."""

from repetiteur.cli.main import main

if __name__ == "__main__":
    main()
