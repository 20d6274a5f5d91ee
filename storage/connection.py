"""What every aggregate's module stands on: a connection, the vault and what may be remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from core.people import Platform
from governance.people.ways_in import WaysIn
from storage.vault import Vault

C = TypeVar("C", bound="Connected")
K = TypeVar("K")
P = ParamSpec("P")
T = TypeVar("T")

UNREAD: Final = object()
"""Not read ahead; None may well have been read."""


def _no_links(person_id: UUID, expires: datetime) -> str:
    raise RuntimeError("this store was opened without a way to make links")


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What outlives a transaction: the vault, the lanes' rates (messages a second), whether
    people with the web only are told by mail, how they come in there, and decoded values that
    never change under their key (a wave's survey; the district of one loading)."""

    vault: Vault
    rates: Mapping[Platform, float] = field(default_factory=dict)
    mails: bool = False
    installs: bool = False
    """Whether the Teams app is installed for people who have not."""
    help_desk: bool = False
    """Whether there is a help desk that things can be handed to."""
    ways_in: WaysIn = field(default_factory=WaysIn)
    signin_token: Callable[[UUID, datetime], str] = _no_links
    """Writes what a link to sign in with carries: for whom, until when."""
    remembered: MutableMapping[object, Any] = field(default_factory=dict)


class Connected:
    """A part of a transaction. ``wants_scrub``: the write-ahead log holds what must go.
    ``wants_rewrite``: so may the pages of tables from which nothing was dropped."""

    def __init__(self, connection: Connection, surroundings: Surroundings) -> None:
        self.connection = connection
        self.surroundings = surroundings
        self.vault = surroundings.vault
        self.wants_scrub = False
        self.wants_rewrite = False
        self.within: dict[object, Any] = {}
        """What this transaction has read and nobody else can change before its end."""
        self.frozen = False
        """Nothing changes before its end: it reads one state of the database."""
        self.waits_since: datetime | None = None
        """Not None: an entry of the clock is done that came due before this database was restored,
        and perhaps was done before. What it sends waits for the operator, and so does what is put
        on the clock for this moment or earlier."""
        self._foreseen: dict[object, Any] = {}

    def foresee(self, what: object, value: Any) -> None:
        """Keep what was read ahead for the method that will ask for it (``foreseen``)."""
        self._foreseen[what] = value

    def foreseen(self, *what: object) -> Any:
        """What was read ahead, once; ``UNREAD`` where it was not, or was given away already."""
        return self._foreseen.pop(what, UNREAD) if self._foreseen else UNREAD

    def seen(self, *what: object) -> Any:
        """What was read ahead and stays as it was: it may be asked for again."""
        return self._foreseen.get(what, UNREAD)

    @contextmanager
    def only_noting(self) -> Iterator[None]:
        """While all that is written is who was shown what: it changes nothing that ``once`` knows,
        so this is as a transaction that only reads."""
        before, kept = self.frozen, dict(self.within)
        self.frozen = True
        try:
            yield
        finally:
            self.frozen = before
            self.within = self.within if before else kept

    def once(self, what: object, read: Callable[[], T]) -> T:
        """What ``read`` finds, which is asked for once in a transaction that only reads."""
        if not self.frozen:
            return read()
        if what not in self.within:
            self.within[what] = read()
        found: T = self.within[what]
        return found

    def ahead(
        self,
        what: str,
        keys: Iterable[K],
        read: Callable[[Sequence[K]], Mapping[K, T]],
        *,
        nothing: object = UNREAD,
        after: tuple[object, ...] = (),
    ) -> None:
        """Find by one statement what ``once`` will be asked for key by key, in a transaction that
        only reads. ``nothing``: what is kept for a key that ``read`` does not find; such a key is
        asked for by itself, where it is left out. ``after``: what else it is asked for with."""
        new = [key for key in dict.fromkeys(keys) if (what, key, *after) not in self.within]
        if self.frozen and new:
            self.keep(what, new, read(new), nothing=nothing, after=after)

    def keep(
        self,
        what: str,
        keys: Iterable[K],
        found: Mapping[K, Any],
        *,
        nothing: object = UNREAD,
        after: tuple[object, ...] = (),
    ) -> None:
        """What one statement found for several keys, for whoever asks ``once`` for one of them."""
        if self.frozen:
            kept = {(what, key, *after): found.get(key, nothing) for key in keys}
            self.within.update({key: one for key, one in kept.items() if one is not UNREAD})

    def of_each(
        self, what: str, keys: Iterable[K], read: Callable[[Sequence[K]], Mapping[K, T]]
    ) -> Mapping[K, T]:
        """What ``read`` finds of several keys; where the transaction only reads, it is asked for
        those that ``once`` does not know yet."""
        asked = list(keys)
        if not self.frozen:
            return read(asked) if asked else {}
        self.ahead(what, asked, read, nothing=None)
        found = {key: self.within[what, key] for key in asked}
        return {key: one for key, one in found.items() if one is not None}

    def insert_new(self, table: Table, rows: list[dict[str, Any]] | dict[str, Any]) -> int:
        """Insert what is not there yet; how many rows were new. Uniqueness decides, not an if."""
        if not rows:
            return 0
        done = self.connection.execute(_inserting(table, self.connection.dialect.name), rows)
        return max(done.rowcount, 0)

    def put(self, table: Table, row: dict[str, Any], key: tuple[str, ...]) -> None:
        """Insert a row, or replace what is not its key."""
        self.put_all(table, [row], key)

    def put_all(self, table: Table, rows: list[dict[str, Any]], key: tuple[str, ...]) -> None:
        """``put`` for many rows with the same columns."""
        if not rows:
            return
        statement = _putting(table, self.connection.dialect.name, tuple(rows[0]), key)
        self.connection.execute(statement, rows if len(rows) > 1 else rows[0])


def read_once(
    method: Callable[Concatenate[C, P], T],
) -> Callable[Concatenate[C, P], T]:
    """A method that reads: what it found for the same arguments is given again in a transaction
    that only reads (``Connected.once``, under its name and its arguments)."""

    @wraps(method)
    def read(self: C, /, *args: P.args, **more: P.kwargs) -> T:
        what = (method.__name__, *args, *sorted(more.items()))
        return self.once(what, lambda: method(self, *args, **more))

    return read


# Statements are built once: building one costs four times what executing it does.


def _insert(table: Table, dialect: str) -> Any:
    return (postgresql.insert if dialect == "postgresql" else sqlite.insert)(table)


@cache
def _inserting(table: Table, dialect: str) -> Any:
    statement = _insert(table, dialect).on_conflict_do_nothing()
    return statement.execution_options(preserve_rowcount=True)


@cache
def _putting(table: Table, dialect: str, columns: tuple[str, ...], key: tuple[str, ...]) -> Any:
    statement = _insert(table, dialect)
    changed = {c: statement.excluded[c] for c in columns if c not in key}
    return statement.on_conflict_do_update(index_elements=list(key), set_=changed)
