"""The program as a module: `python -m utbildningsprocess`."""

from utbildningsprocess.cli import main

raise SystemExit(main())
