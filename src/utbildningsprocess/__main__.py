"""The program as a module: `python -m utbildningsprocess`."""

import sys

from utbildningsprocess.cli import main

sys.exit(main())
