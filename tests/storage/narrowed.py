"""Which statements name their community, told from the statements themselves."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql import operators, visitors

from storage.everywhere import MARK

Values = Mapping[str, Any]


class Heard:
    """What was asked of the databases of this process while somebody listened."""

    def __init__(self) -> None:
        self.tables: Counter[str] = Counter()
        """How often each table was asked in the name of one community."""
        self.communities: set[str] = set()
        """The communities that were named."""
        self.forgetful: list[str] = []
        """Statements about a community's rows that do not say whose."""

    def hear(
        self,
        connection: sa.Connection,
        statement: object,
        many: Sequence[Values],
        one: Values,
        _options: object,
    ) -> None:
        """Called before every statement."""
        if not isinstance(statement, sa.ClauseElement):
            return
        if isinstance(statement, sa.Executable) and statement.get_execution_options().get(MARK):
            return
        given = list(many) or [one]
        for part in visitors.iterate(statement):
            if isinstance(part, sa.Insert):
                self._insert(part, given, connection.dialect)
            elif isinstance(part, sa.Select | sa.Update | sa.Delete):
                self._scope(part, given[0])

    def _insert(self, statement: sa.Insert, given: list[Values], dialect: sa.Dialect) -> None:
        if not _is_ours(statement.table):
            return
        self.tables[statement.table.name] += 1
        written = statement.compile(dialect=dialect).params
        whose: set[str | None] = {{**written, **row}.get("community_id") for row in given}
        if None in whose or len(whose) > 1:
            self.forgetful.append(str(statement))
        self.communities.update(filter(None, whose))

    def _scope(self, part: sa.Select[Any] | sa.Update | sa.Delete, given: Values) -> None:
        """A question or a change by itself: what surrounds it does not narrow it."""
        conditions = list(_each(part.whereclause))
        froms = part.get_final_froms() if isinstance(part, sa.Select) else [part.table]
        asked = [one for one in _flat(froms, conditions) if _is_ours(one)]
        named, links = set[str](), list[tuple[str, str]]()
        for condition in conditions:
            match _whose(condition.left), _whose(condition.right):
                case str(one), str(other):
                    links += [(one, other), (other, one)]
                case (str(one), None) if isinstance(condition.right, sa.BindParameter):
                    bind = condition.right
                    self.communities.add(given.get(bind.key, bind.value))
                    named.add(one)
                case _:
                    pass
        while further := {other for one, other in links if one in named} - named:
            named |= further
        self.tables.update(_bare(one).name for one in asked)
        if any(_name(one) not in named for one in asked):
            self.forgetful.append(str(part))


@contextmanager
def listening() -> Iterator[Heard]:
    """Hear every statement on every database of this process, whichever thread runs it."""
    heard = Heard()
    sa.event.listen(sa.Engine, "before_execute", heard.hear)
    try:
        yield heard
    finally:
        sa.event.remove(sa.Engine, "before_execute", heard.hear)


def _each(condition: Any) -> Iterator[sa.BinaryExpression[Any]]:
    """The equations that must all hold; what stands under an OR need not."""
    if isinstance(condition, sa.sql.elements.Grouping):
        yield from _each(condition.element)
    elif isinstance(condition, sa.sql.elements.BooleanClauseList):
        if condition.operator is operators.and_:
            for one in condition.clauses:
                yield from _each(one)
    elif isinstance(condition, sa.BinaryExpression) and condition.operator is operators.eq:
        yield condition


def _flat(
    froms: Iterable[sa.FromClause], conditions: list[sa.BinaryExpression[Any]]
) -> Iterator[sa.FromClause]:
    """The tables of these, joined or not; the conditions of their joins are added."""
    for one in froms:
        if isinstance(one, sa.Join):
            conditions.extend(_each(one.onclause))
            yield from _flat([one.left, one.right], conditions)
        else:
            yield one


def _bare(of: sa.FromClause) -> Any:
    return of.element if isinstance(of, sa.Alias) else of


def _is_ours(of: sa.FromClause) -> bool:
    """Whether it has rows of communities. A community's own row may be looked for by its name."""
    table = _bare(of)
    return isinstance(table, sa.Table) and "community_id" in table.c


def _name(of: sa.FromClause) -> str:
    return str(getattr(of, "name", ""))


def _whose(side: Any) -> str | None:
    """The table whose rows' community this is."""
    if not isinstance(side, sa.Column):
        return None
    names = side.name == "community_id" or (side.table.name, side.name) == ("communities", "id")
    return _name(side.table) if names else None
