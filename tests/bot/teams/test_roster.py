"""The tenant's accounts through Graph's delta query: paging, throttling, a deleted account."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.teams.connector import Connector
from bot.teams.roster import GraphError, changes
from tests.stand_ins.graph import GraphStandIn

pytestmark = [
    # Deprecated classes inside Microsoft's generated client warn when they are loaded.
    pytest.mark.filterwarnings("ignore:GetQueryParameters is deprecated:DeprecationWarning:kiota_"),
    pytest.mark.filterwarnings("ignore:This class is deprecated:DeprecationWarning:msgraph"),
]


@pytest.fixture
async def graph() -> AsyncIterator[GraphStandIn]:
    async with GraphStandIn() as stand_in:
        yield stand_in


@pytest.fixture
async def connector(graph: GraphStandIn) -> AsyncIterator[Connector]:
    made = Connector(graph.settings())
    yield made
    await made.close()


async def test_accounts_come_page_by_page_and_then_only_what_changed(
    graph: GraphStandIn, connector: Connector
) -> None:
    ids = [graph.add(f"p{n}@x.example", f"Person P{n}", jobTitle="Teacher") for n in range(5)]
    first = await changes(connector, None)
    assert {one.user for one in first.accounts} == set(ids)
    assert first.whole
    assert len(graph.calls) == 3
    graph.remove(ids[0])
    graph.change(ids[1], accountEnabled=False)
    second = await changes(connector, first.link)
    told = {one.user: (one.removed, one.enabled) for one in second.accounts}
    assert told == {ids[0]: (True, None), ids[1]: (False, False)}
    assert not second.whole
    assert (await changes(connector, second.link)).accounts == ()


async def test_where_graph_throttles_it_waits_as_long_as_it_is_told(
    graph: GraphStandIn, connector: Connector
) -> None:
    for n in range(5):
        graph.add(f"p{n}@x.example", f"Person P{n}")
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) > 20:
            raise AssertionError("it waits for ever")

    graph.throttle(4)
    found = await changes(connector, None, sleep=sleep)
    assert len(found.accounts) == 5
    assert waited == [7, 7, 7, 7]
    graph.throttle(1000)
    with pytest.raises(GraphError, match="stays throttled"):
        await changes(connector, found.link, sleep=sleep)


async def test_a_link_that_graph_has_forgotten_begins_anew(
    graph: GraphStandIn, connector: Connector
) -> None:
    graph.add("a@x.example", "Person A")
    first = await changes(connector, None)
    graph.expire()
    graph.add("b@x.example", "Person B")
    again = await changes(connector, first.link)
    assert again.whole
    assert {one.mail for one in again.accounts} == {"a@x.example", "b@x.example"}
