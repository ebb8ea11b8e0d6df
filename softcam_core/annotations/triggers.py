"""What the database itself refuses, written for each kind of database that may hold a study."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

_statement: Callable[[str], sa.DDL] = sa.DDL


@dataclass(frozen=True)
class Refusal:
    """A change of a table's rows that is refused.

    Attributes:
        when: a condition on the row as it was, OLD; empty for always.
        why: what the database says.
    """

    table: str
    change: Literal["UPDATE", "DELETE"]
    why: str
    when: str = ""

    @property
    def name(self) -> str:
        """The trigger's name."""
        return f"{self.table}_no_{self.change.lower()}"

    def sqlite(self) -> str:
        """Return the statement for SQLite."""
        when = f"WHEN {self.when} " if self.when else ""
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.change} ON {self.table} {when}"
            f"BEGIN SELECT RAISE(ABORT, '{self.why}'); END"
        )

    def postgresql(self) -> Iterable[str]:
        """Return the statements for PostgreSQL, whose triggers call a function."""
        when = f"WHEN ({self.when}) " if self.when else ""
        yield (
            f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{self.why}'; END $$"
        )
        yield (
            f"CREATE TRIGGER {self.name} BEFORE {self.change} ON {self.table} "
            f"FOR EACH ROW {when}EXECUTE FUNCTION {self.name}()"
        )


def refuse(metadata: sa.MetaData, refusals: Iterable[Refusal]) -> None:
    """Make the triggers together with the tables."""
    for refusal in refusals:
        on_sqlite = _statement(refusal.sqlite()).execute_if(dialect="sqlite")
        sa.event.listen(metadata, "after_create", on_sqlite)
        for statement in refusal.postgresql():
            on_postgresql = _statement(statement).execute_if(dialect="postgresql")
            sa.event.listen(metadata, "after_create", on_postgresql)
