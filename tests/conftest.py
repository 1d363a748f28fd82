"""Shared by all tests: this folder is importable (`fakes`), and no window needs a screen."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
