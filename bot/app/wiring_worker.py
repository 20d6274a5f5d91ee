"""Builds a process's part in the jobs (PostgreSQL): a worker, or only a caller of workers."""

from __future__ import annotations

from bot.app.core import Core
from bot.jobs.listening_room import ListeningRoom
from scheduler.pump import Pump
from scheduler.worker import Worker
from storage.postgres import plain_address


def open_worker(
    core: Core, pump: Pump, listening: ListeningRoom, *, works: bool, patience: float
) -> Worker:
    """``works``: serves lanes and reads; else it only calls those who do. ``patience``: seconds
    that jobs get to end."""
    from scheduler.jobs import Work

    work = Work(
        lanes=pump.lanes_with_work,
        serve=pump.run_lane,
        unread=listening.unread,
        read=listening.work_for,
        sweep=pump.sweep.once,
        recover=pump.sweep.recover,
    )
    return Worker(plain_address(core.store.url), work, works=works, patience=patience)
