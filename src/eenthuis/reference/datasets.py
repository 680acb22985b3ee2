"""What is published as open data: the data sets, their columns and what these mean, in Dutch and English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from eenthuis.terms.datasets import (
    Column,
    ColumnKind,
    Dataset,
    DatasetCode,
    EditionKind,
    Frequency,
    Worded,
)
from eenthuis.terms.errors import ReferenceFactError


@cache
def datasets() -> Mapping[DatasetCode, Dataset]:
    """Return every data set by its code, in the order in which they are told of.

    Raises
    ------
    ReferenceFactError
        REF-06 when a part of a description is missing or unknown.

    Examples
    --------
    >>> list(datasets())[:2]
    ['taakstellingen', 'voortgang']
    >>> datasets()["taakstellingen"].columns[6].name
    'net_target'
    """
    text = (resources.files("eenthuis.reference") / "datasets.toml").read_text(encoding="utf-8")
    try:
        return MappingProxyType(
            {found.code: found for found in map(_dataset, tomllib.loads(text)["dataset"])}
        )
    except (KeyError, ValueError) as wrong:
        raise ReferenceFactError(
            "REF-06",
            f"a description in datasets.toml lacks or misnames {wrong}",
            remedy="Give every part that the other data sets have.",
        ) from wrong


def _dataset(written: Mapping[str, Any]) -> Dataset:
    return Dataset(
        code=DatasetCode(written["code"]),
        title=_worded(written["title"]),
        description=_worded(written["description"]),
        keywords=tuple(map(_worded, written["keywords"])),
        editions=EditionKind(written["editions"]),
        frequency=Frequency(written["frequency"]),
        recompute=_worded(written["recompute"]),
        columns=tuple(
            Column(
                name=column["name"],
                kind=ColumnKind(column["kind"]),
                unit=column["unit"],
                meaning=_worded(column),
            )
            for column in written["columns"]
        ),
    )


def _worded(written: Mapping[str, str]) -> Worded:
    return Worded(nl=written["nl"], en=written["en"])
