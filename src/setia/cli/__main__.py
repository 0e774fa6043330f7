"""`python -m setia.cli`."""

from setia.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
