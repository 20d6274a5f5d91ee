"""Where the example district is: beside the code in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from pathlib import Path


def example_district() -> Path:
    """The folder of the example district's files."""
    here = Path(__file__).parents[1]
    packaged = here / "example_district" / "district"
    return packaged if packaged.is_dir() else here.parent / "examples" / "district"


def example_past() -> Path:
    """What the staff of the example district said in the weeks before a visitor comes."""
    return example_district().parent / "said.yaml"
