"""How Sphinx builds the documentation; ``make docs`` runs it and takes no warning."""

from __future__ import annotations

import os
import sys
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import generate  # noqa: E402 - it stands beside this file

project = "Eenthuis"
author = "The Eenthuis contributors"
copyright = "The Eenthuis contributors, EUPL-1.2"  # noqa: A001 - the name Sphinx reads
release = metadata.version("eenthuis")
version = release

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
root_doc = "index"
nitpicky = False

myst_enable_extensions = ["deflist", "colon_fence"]
myst_heading_anchors = 3
nb_execution_mode = "force"  # the code may have changed though the page did not
nb_execution_show_tb = True
nb_execution_raise_on_error = True
nb_execution_timeout = 120

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
napoleon_google_docstring = False

html_theme = "furo"
html_title = f"Eenthuis {release}"
html_show_sourcelink = False
html_theme_options = {"source_directory": "docs/"}

os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # no debugger note in the pages

generate.write_all(HERE / "reference" / "generated")
