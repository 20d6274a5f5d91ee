"""Asking the district's language model, where there is one, about what would go to triage."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace

from bot.app.core import Core
from bot.app.settings import Settings
from bot.jobs.language_model import LanguageModel, ModelSettings
from governance.committees.model import Committee
from governance.feedback.model import Destination, Reading

Opinion = Callable[[Reading], Awaitable[Reading]]


def model_settings(settings: Settings) -> ModelSettings | None:
    """The part of the settings that it needs. None: there is none."""
    if not settings.llm_url:
        return None
    key = settings.llm_key
    return ModelSettings(
        url=settings.llm_url.rstrip("/"),
        model=settings.llm_model,
        key=key.get_secret_value() if key else "",
        seconds=settings.llm_seconds,
    )


def open_opinion(core: Core, stack: AsyncExitStack) -> Opinion | None:
    """A model that is closed with the house; None where none is set up."""
    settings = model_settings(core.settings)
    if settings is None:
        return None
    model = LanguageModel(settings)
    stack.push_async_callback(model.close)

    async def opinion(reading: Reading) -> Reading:
        if reading.destination is not Destination.TRIAGE or reading.urgency is not None:
            return reading  # it has no say in what is sure, sensitive or urgent
        committees = await core.store.read(lambda tx: tx.district().committees)
        suggested = await model.suggest(reading.redacted, may_take(reading, committees))
        return replace(reading, suggested=suggested) if suggested else reading

    return opinion


def may_take(reading: Reading, committees: tuple[Committee, ...]) -> list[Committee]:
    """The committees to which the reader itself might have given it: nothing widens that."""
    known = {one.key: one for one in committees}
    return [known[one.committee] for one in reading.committees if one.committee in known]
