"""Projects of flex homes as rows, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import Max

from eenthuis.store.flex_models import FlexProjectRow
from eenthuis.store.scope import counts
from eenthuis.terms.flex import FlexProject, FlexProjectId
from eenthuis.terms.places import MunicipalityCode
from eenthuis.terms.schemes import SchemeCode, TargetGroup


@dataclass(frozen=True, slots=True)
class HeldProject:
    """A project as it is now, with its name and the version that holds."""

    project: FlexProject
    name: str
    row: FlexProjectRow

    @property
    def is_withdrawn(self) -> bool:
        """Whether the project was withdrawn."""
        return self.row.kind == "withdrawn"


def lock_project(identifier: FlexProjectId) -> None:
    """Hold a project until the transaction ends; others who change it wait."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"flex:{identifier}"])


def project(identifier: FlexProjectId) -> HeldProject | None:
    """Return a project as it is now, if there is one by this number within reach."""
    row = FlexProjectRow.objects.filter(project=identifier, replaced_by__isnull=True).first()
    return None if row is None else _held(row)


def projects(municipality: MunicipalityCode | None = None, owner: str = "") -> tuple[HeldProject, ...]:
    """Return the projects within reach that were not withdrawn, by municipality and day of delivery."""
    rows = FlexProjectRow.objects.filter(replaced_by__isnull=True).exclude(kind="withdrawn")
    if municipality is not None:
        rows = rows.filter(municipality=municipality)
    if owner:
        rows = rows.filter(owner=owner)
    return tuple(_held(row) for row in rows.order_by("municipality", "delivered_on", "project"))


def like(project: FlexProject, name: str) -> FlexProjectId | None:
    """Return the number of a project that stands under the same name with the same homes and days, if there is one."""
    rows = FlexProjectRow.objects.filter(
        replaced_by__isnull=True,
        municipality=project.municipality,
        owner=project.owner,
        name=name,
        homes=project.homes,
        applied_on=project.applied_on,
        delivered_on=project.delivered_on,
    ).exclude(kind="withdrawn")
    found: str | None = rows.values_list("project", flat=True).first()
    return None if found is None else FlexProjectId(found)


@counts
def next_identifier() -> FlexProjectId:
    """Return a number for a new project; two who ask at once get the same one, and one of them is refused."""
    last: str | None = FlexProjectRow.objects.aggregate(last=Max("project"))["last"]
    return FlexProjectId(f"F-{int(last.removeprefix('F-')) + 1 if last else 1:07d}")


def add_step(
    project: FlexProject,
    name: str,
    kind: str,
    *,
    after: FlexProjectRow | None,
    decided_by: str,
    why: str = "",
) -> None:
    """Add a version of a project, after an earlier one if there is one."""
    FlexProjectRow.objects.create(
        project=project.identifier,
        step=after.step + 1 if after else 1,
        kind=kind,
        municipality=project.municipality,
        owner=project.owner,
        name=name,
        scheme=project.scheme or "",
        applied_on=project.applied_on,
        homes=project.homes,
        meant_for=_plain(project.meant_for),
        extra_in_stock=_plain(project.extra_in_stock),
        sizes={str(people): homes for people, homes in project.sizes.items()},
        starts_on=project.starts_on,
        delivered_on=project.delivered_on,
        years=project.years,
        why=why,
        replaces=after,
        decided_by=decided_by,
    )


def _plain(homes: Mapping[TargetGroup, int]) -> dict[str, int]:
    return {group.value: number for group, number in homes.items() if number}


def _held(row: FlexProjectRow) -> HeldProject:
    return HeldProject(
        FlexProject(
            identifier=FlexProjectId(row.project),
            municipality=MunicipalityCode(row.municipality),
            owner=row.owner,
            scheme=SchemeCode(row.scheme) if row.scheme else None,
            applied_on=row.applied_on,
            homes=row.homes,
            meant_for={TargetGroup(group): number for group, number in row.meant_for.items()},
            delivered_on=row.delivered_on,
            years=row.years,
            starts_on=row.starts_on,
            sizes={int(people): homes for people, homes in row.sizes.items()},
            extra_in_stock={TargetGroup(group): number for group, number in row.extra_in_stock.items()},
        ),
        row.name,
        row,
    )
