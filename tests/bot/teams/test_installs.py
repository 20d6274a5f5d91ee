"""Installing the app for one person through a Graph that behaves: what each answer means."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.teams.connector import Connector
from bot.teams.graph_app import NotForThem, NotForUs, NotNow
from bot.teams.installs import AppInstaller, Installed
from governance.delivery_reasons import DeliveryReason
from tests.stand_ins.graph import GraphStandIn
from tests.stand_ins.graph_apps import MISSING

pytestmark = [
    # Deprecated classes inside Microsoft's generated client warn when they are loaded.
    pytest.mark.filterwarnings("ignore:GetQueryParameters is deprecated:DeprecationWarning:kiota_"),
    pytest.mark.filterwarnings("ignore:This class is deprecated:DeprecationWarning:msgraph"),
]

ANN = "ann.o'lee@schools.example.org"


@pytest.fixture
async def graph() -> AsyncIterator[GraphStandIn]:
    async with GraphStandIn() as made:
        made.catalogue[made.settings().app_id] = "in-the-catalogue"
        yield made


@pytest.fixture
async def installer(graph: GraphStandIn) -> AsyncIterator[AppInstaller]:
    connector = Connector(graph.settings())
    yield AppInstaller(connector)
    await connector.close()


async def test_somebody_without_the_app_gets_it(
    graph: GraphStandIn, installer: AppInstaller
) -> None:
    ann, ben = graph.add(ANN, "Ann O'Lee"), graph.add("ben@schools.example.org", "Ben Ito")
    assert await installer.install(ANN) == Installed(user=ann)
    assert await installer.install("another@address.example.org", ben) == Installed(user=ben)
    assert graph.installed == [ann, ben]
    asked = [path for path in graph.calls if path.startswith("/v1.0/appCatalogs")]
    assert len(asked) == 1, "the app's id in the catalogue is asked for once"


async def test_whoever_had_it_is_found_in_their_chat(
    graph: GraphStandIn, installer: AppInstaller
) -> None:
    ann = graph.add(ANN, "Ann O'Lee")
    graph.have(ann, "19:ann_bot@unq.gbl.spaces")
    found = await installer.install(ANN)
    assert found == Installed(user=ann, conversation="19:ann_bot@unq.gbl.spaces")
    assert graph.installed == []


async def test_each_refusal_of_graph_means(graph: GraphStandIn, installer: AppInstaller) -> None:
    ann = graph.add(ANN, "Ann O'Lee")
    for answer, meaning in (
        (
            (403, "Forbidden", "The user is not licensed for Teams."),
            NotForThem(why=DeliveryReason.GRAPH_NO_LICENSE),
        ),
        (
            (403, "Forbidden", "App is blocked by policy."),
            NotForThem(why=DeliveryReason.GRAPH_NO_LICENSE),
        ),
        ((403, "Forbidden", MISSING), NotForUs(why=DeliveryReason.GRAPH_MAY_NOT_INSTALL)),
        (
            (403, "X", "Insufficient privileges to complete it."),
            NotForUs(why=DeliveryReason.GRAPH_MAY_NOT_INSTALL),
        ),
        (
            (401, "InvalidAuthenticationToken", ""),
            NotForUs(why=DeliveryReason.GRAPH_MAY_NOT_INSTALL),
        ),
        ((404, "NotFound", "No user found."), NotForThem(why=DeliveryReason.GRAPH_NO_ACCOUNT)),
        (
            (400, "BadRequest", "Something new."),
            NotForThem(why=DeliveryReason.GRAPH_NOT_INSTALLED.about("BadRequest")),
        ),
        ((500, "InternalServerError", ""), NotNow(seconds=60)),
        ((503, "ServiceUnavailable", ""), NotNow(seconds=10)),
    ):
        graph.refuse_install(ann, *answer)
        assert await installer.install(ANN) == meaning, answer
    assert graph.installed == []


async def test_graph_that_is_busy_says_when(graph: GraphStandIn, installer: AppInstaller) -> None:
    graph.add(ANN, "Ann O'Lee")
    graph.throttle(1)
    assert await installer.install(ANN) == NotNow(seconds=7)
    assert isinstance(await installer.install(ANN), Installed)


async def test_without_one_account_nothing_is_installed(
    graph: GraphStandIn, installer: AppInstaller
) -> None:
    graph.add("gil@elsewhere.example", "Gil", userType="Guest")
    for nobody in (ANN, "gil@elsewhere.example"):
        assert await installer.install(nobody) == NotForThem(why=DeliveryReason.GRAPH_NO_ACCOUNT)
    graph.add(ANN, "Ann O'Lee")
    graph.add("second@schools.example.org", "Ann Two", userPrincipalName=ANN)
    assert await installer.install(ANN) == NotForThem(why=DeliveryReason.GRAPH_SEVERAL_ACCOUNTS)
    assert graph.tried == []


async def test_an_app_that_is_not_in_the_catalogue_is_said(
    graph: GraphStandIn, installer: AppInstaller
) -> None:
    graph.add(ANN, "Ann O'Lee")
    graph.catalogue.clear()
    assert await installer.install(ANN) == NotForUs(why=DeliveryReason.GRAPH_NOT_IN_CATALOG)


async def test_a_graph_that_is_away_decides_nothing(graph: GraphStandIn) -> None:
    settings = graph.settings()
    connector = Connector(settings)
    installer = AppInstaller(connector)
    await graph.__aexit__()
    assert await installer.install(ANN) == NotNow(seconds=60)
    await connector.close()
