"""The one record about the workspace itself."""

import json
import sqlite3
from datetime import datetime

from core.model.workspace import Kind, PolicyName, Workspace
from core.store.unit import Unit


def read(connection: sqlite3.Connection) -> Workspace:
    """The workspace's record."""
    row = connection.execute("SELECT * FROM workspace").fetchone()
    return Workspace(
        id=row["uuid"],
        name=row["name"],
        kind=Kind(row["kind"]),
        policy=PolicyName(row["policy"]),
        organisation=row["organisation"],
        community=row["community"],
        technologies=tuple(json.loads(row["technologies"])),
        network_end=row["network_end"],
        responsible=row["responsible"],
        deputy=row["deputy"],
        created=datetime.fromisoformat(row["created"]),
    )


def turn(unit: Unit, kind: Kind, technologies: tuple[str, ...]) -> None:
    """Another kind of workspace from now on."""
    unit.update("workspace", 1, kind=kind.value, technologies=json.dumps(list(technologies)))


def add(unit: Unit, workspace: Workspace) -> None:
    """Write the record of a new file."""
    unit.insert(
        "workspace",
        uuid=workspace.id,
        name=workspace.name,
        kind=workspace.kind.value,
        policy=workspace.policy.value,
        organisation=workspace.organisation,
        community=workspace.community,
        technologies=json.dumps(list(workspace.technologies)),
        network_end=workspace.network_end,
        responsible=workspace.responsible,
        deputy=workspace.deputy,
        created=workspace.created.isoformat(),
    )
