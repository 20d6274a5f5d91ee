"""An owner and the ISO on the web."""

from __future__ import annotations

import re
from html import unescape

import httpx

from bot.teams.draw import draw
from governance.controls import addresses
from governance.controls.answer_commands import AnswerSafeguard
from governance.controls.model import AnswerState, Dimension
from governance.controls.running_commands import CloseAssessment, Verdict
from governance.forms.commands import Open
from tests.attacks.hall import Hall
from tests.bot.teams.conftest import READER
from tests.bot.web.reading import Form, offered
from tests.bot.web.rules.house import browser
from tests.governance.controls.assessed import answer, begun, opened, review, row
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, person


def words_of(page: str) -> str:
    _, _, main = page.partition("<main")
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


def form_to(page: httpx.Response, begins: str) -> tuple[Form, str]:
    """The form with a button to an address that begins like this."""
    return next(
        (form, to)
        for form in offered(page.text).forms
        for to in (form.action, *(one[2] for one in form.buttons))
        if to.startswith(begins)
    )


async def hand_in(
    client: httpx.AsyncClient, page: httpx.Response, action: str, **typed: object
) -> httpx.Response:
    form, to = form_to(page, action)
    data = {**form.data, **typed}
    if "multipart" in form.encoding:
        parts = [(name, (None, value)) for name, value in data.items() if isinstance(value, str)]
        parts += [(name, value) for name, value in data.items() if isinstance(value, tuple)]
        return await client.post(to, files=parts, follow_redirects=True)
    return await client.post(to, data=data, follow_redirects=True)


async def test_an_owner_goes_from_one_safeguard_to_the_next(town: Hall) -> None:
    which = await opened(town)
    async with browser(town, TEACHER) as client:
        listed = await client.get("/practices")
        assert "You have 2 safeguards to assess." in words_of(listed.text)
        form = await hand_in(client, listed, "/do/assess-next")
        assert "Assess SC 1.1" in words_of(form.text)
        assert "3: policy 3" in words_of(form.text), "what each step means"
        filled = {one.value: "4" for one in Dimension} | {"applies": "yes"}
        wrong = await hand_in(client, form, "/do/assess|", **filled | {"policy": ""})
        assert wrong.status_code == 422
        assert "Policy: choose a step from 1 to 5." in words_of(wrong.text)
        evidence = "https://wiki.example.org/list?a=1 has <b>it</b>, not <javascript:alert(1)>"
        done = await hand_in(client, wrong, "/do/assess|", **filled | {"evidence": evidence})
        assert done.url.path == addresses.answer(which, "1.2"), words_of(done.text)
        assert "SC 1.1 is done. You have 1 safeguard left." in words_of(done.text)
        shown = await client.get(addresses.safeguard(which, "1.1"))
        assert 'href="https://wiki.example.org/list?a=1"' in shown.text
        assert "javascript:alert" in words_of(shown.text)
        assert 'href="javascript' not in shown.text
        assert (await client.get(addresses.safeguard(which, "2.1"))).status_code == 403
        assert (await client.get(addresses.run(which))).status_code == 403
        assert (await client.get(addresses.review(which, "1.1"))).status_code == 403


async def test_the_iso_goes_from_one_answer_to_the_next(town: Hall) -> None:
    which = await opened(town)
    for number in ("1.1", "1.2"):
        await town.ask(TEACHER, answer(which, number, score=2))
    async with browser(town, ISO) as client:
        run = await client.get(addresses.run(which))
        assert "2 of 3 safeguards assessed, 0 confirmed" in words_of(run.text)
        form = await hand_in(client, run, "/do/review-next")
        assert "2: policy 2" in words_of(form.text)
        after = await hand_in(client, form, "/do/review|", verdict="confirm")
        assert after.url.path == addresses.review(which, "1.2")
        assert "SC 1.1 is confirmed." in words_of(after.text)
        back = await hand_in(client, after, "/do/review|", verdict="send_back", word="Show it")
        assert back.url.path == addresses.run(which)
        assert "SC 1.2 was sent back." in words_of(back.text)
    async with browser(town, TEACHER) as client:
        shown = await client.get(addresses.answer(which, "1.2"))
        assert "It was sent back: Show it" in words_of(shown.text)
        await hand_in(client, shown, "/do/assess|")
    async with browser(town, ISO) as client:
        together = await client.get(addresses.control_review(which, "1"))
        await hand_in(client, together, "/do/confirm-control")
    assert (await row(town, which, "1.2")).state is AnswerState.CONFIRMED


async def test_the_four_parts_are_not_called_optional(town: Hall) -> None:
    which = await opened(town)
    async with browser(town, TEACHER) as client:
        shown = words_of((await client.get(addresses.answer(which, "1.1"))).text)
    assert "If it does, rate the four parts below." in shown
    for part in ("Policy", "Implemented", "Automated", "Reported", "Why it does not apply"):
        assert part in shown
        assert f"{part} (optional)" not in shown
    assert "Evidence (optional)" in shown
    form = await town.ask(TEACHER, Open(of=AnswerSafeguard(assessment_id=which, number="1.1")))
    drawn = str(draw(form, READER, window=True))
    assert "Reported" in drawn
    assert "Reported (optional)" not in drawn
    assert "Evidence (optional)" in drawn


async def test_a_confirmed_answer_can_be_sent_back(town: Hall) -> None:
    which = await opened(town)
    await town.ask(TEACHER, answer(which, "1.1"))
    async with browser(town, ISO) as client:
        waits = await client.get(addresses.safeguard(which, "1.1"))
        assert "Confirm or send back" in words_of(waits.text)
        await review(town, which, "1.1", Verdict.CONFIRM)
        confirmed = words_of((await client.get(addresses.safeguard(which, "1.1"))).text)
        assert "Confirm or send back" not in confirmed
        assert "Send it back" in confirmed
        form = words_of((await client.get(addresses.review(which, "1.1"))).text)
        assert "Send SC 1.1 back" in form
        assert "What is missing or wrong? (optional)" not in form


async def test_the_cto_goes_to_owners_and_progress(town: Hall) -> None:
    which = await opened(town)
    async with browser(town, CTO) as client:
        shown = await client.get(addresses.assessment(which))
        assert "See owners and progress" in words_of(shown.text)
        assert "To assess by" in words_of((await client.get(addresses.run(which))).text)


async def test_each_of_two_assessments_is_named_on_its_button(town: Hall) -> None:
    await opened(town)
    async with browser(town, TEACHER) as client:
        one = words_of((await client.get("/practices")).text)
        assert "Assess the next one" in one
        assert "Assess the next one: " not in one
        await opened(town, name="Spring")
        two = words_of((await client.get("/practices")).text)
        assert "Assess the next one: Winter" in two
        assert "Assess the next one: Spring" in two
        assert "Open it on the web" not in two


async def test_no_message_at_home_offers_the_web_to_who_is_there(town: Hall) -> None:
    which = await opened(town)
    for number in ("1.1", "1.2"):
        await town.ask(TEACHER, answer(which, number))
    for who, says in (
        (OFFICE, "Please assess 1 safeguard"),
        (ISO, "has assessed 2 safeguards"),
    ):
        async with browser(town, who) as client:
            home = words_of((await client.get("/")).text)
        assert says in home
        assert "Open it on the web" not in home


async def test_a_draft_is_called_one_on_its_pages(town: Hall) -> None:
    which = await begun(town)
    async with browser(town, ISO) as client:
        for path in (addresses.assessment(which), addresses.run(which)):
            shown = words_of((await client.get(path)).text)
            assert "Draft" in shown
            assert "Not started" not in shown


async def test_a_file_names_owners_and_what_is_wrong_in_it_is_listed(town: Hall) -> None:
    which = await begun(town, owners="")
    async with browser(town, ISO) as client:
        run = await client.get(addresses.run(which))
        assert "Without an owner: 1.1, 1.2, 2.1" in words_of(run.text)
        assert "Due date Monday, November 2" in words_of(run.text)
        page = await client.get(addresses.owners_file(which))
        wrong = f"number,owner\n1,{TEACHER}\n9,{TEACHER}\n2.1,nobody@example.org\n".encode()
        inputs = form_to(page, "/do/name-owners")[0].inputs.items()
        name = next(one for one, kind in inputs if kind.kind == "file")
        said = await hand_in(
            client, page, "/do/name-owners", **{name: ("o.csv", wrong, "text/csv")}
        )
        assert "1.1 List: no owner" in words_of(said.text)
        assert "Line 3: 9 is not in this assessment." in words_of(said.text)
        assert "Line 4: nobody on the staff roster has the address" in words_of(said.text)
        assert f"1,{TEACHER}" in said.text, "what was in the file is there to be fixed"
        right = f"1 {TEACHER}\n2.1 {OFFICE} 2026-11-04\n"
        saved = await hand_in(client, said, "/do/name-owners", owners=right)
        assert saved.url.path == addresses.run(which)
        assert "Without an owner" not in words_of(saved.text)
        assert (await person(town.core, OFFICE)).name in words_of(saved.text)


async def test_an_owner_hands_a_safeguard_over_on_its_page(town: Hall) -> None:
    which = await opened(town)
    async with browser(town, TEACHER) as client:
        shown = await client.get(addresses.answer(which, "1.2"))
        (link,) = (one for one in offered(shown.text).links if "hand-safeguard-form" in one)
        page = await client.get(link)
        gone = await hand_in(client, page, "/do/hand-safeguard|", to=CHAIR, which="one")
        new = (await person(town.core, CHAIR)).name
        assert f"Handed over 1 safeguard. {new} now owns SC 1.2." in words_of(gone.text)
        assert (await client.get(addresses.safeguard(which, "1.2"))).status_code == 403
    async with browser(town, CHAIR) as client:
        assert "You have 1 safeguard to assess." in words_of((await client.get("/practices")).text)


async def test_every_wrong_line_is_in_the_error_box_and_a_file_counts_its_own(town: Hall) -> None:
    which = await begun(town, owners="")
    async with browser(town, ISO) as client:
        page = await client.get(addresses.owners_file(which))
        typed = f"1.1 {TEACHER}\n8 {TEACHER}\n9 {TEACHER}"
        wrong = f"number,owner,due\n7,{TEACHER}\n1.2,{TEACHER}\n2.1,nobody@example.org\n".encode()
        inputs = form_to(page, "/do/name-owners")[0].inputs.items()
        name = next(one for one, kind in inputs if kind.kind == "file")
        said = await hand_in(
            client, page, "/do/name-owners", owners=typed, **{name: ("o.csv", wrong, "text/csv")}
        )
        again = await hand_in(client, said, "/do/name-owners")
        for answered in (said, again):
            box = words_of(answered.text).partition("Everything else you entered")[2]
            box, _, below = box.partition("Name owners")
            for why in (
                "Line 2: 8 is not in this assessment.",
                "Line 3: 9 is not in this assessment.",
                "Line 2 of the file: 7 is not in this assessment.",
                "Line 4 of the file: nobody on the staff roster has the address",
            ):
                assert why in box
                assert why in below, "and beside the input"
            assert "There are 4 problems" in words_of(answered.text)


async def test_owners_read_which_safeguards_are_due_when(town: Hall) -> None:
    lines = f"1.1 {TEACHER}\n1.2 {TEACHER} 2027-01-12\n2.1 {TEACHER} 2026-11-04"
    which = await begun(town, owners=lines)
    async with browser(town, ISO) as client:
        run = words_of((await client.get(addresses.run(which))).text)
        assert "To assess by Monday, November 2: 1.1 ·" in run
        assert "· To assess by Tuesday, January 12, 2027: 1.2" in run
        assert "Due later than the assessment (Monday, November 2): 2.1, 1.2" in run


async def test_a_closed_assessment_waits_for_nobody(town: Hall) -> None:
    which = await opened(town, owners=f"1.1 {TEACHER} 2026-11-04\n1.2 {TEACHER}\n2.1 {CTO}")
    await town.ask(CTO, answer(which, "2.1"))
    async with browser(town, CTO) as client:
        assert "What is waiting" in words_of((await client.get(addresses.assessment(which))).text)
    await town.ask(ISO, CloseAssessment(assessment_id=which, left=3))
    async with browser(town, CTO) as client:
        page = words_of((await client.get(addresses.assessment(which))).text)
        assert "What is waiting" not in page
        assert "Accounts" in page
        assert "SC 2.1 Leavers Not confirmed" in page
        run = words_of((await client.get(addresses.run(which))).text)
        assert "Not assessed: 1.2, 1.1" in run
        for said in (page, run):
            assert "Closed on Monday, October 5" in said or "Closed on Oct 5" in said
            assert "November" not in said
            assert "To assess by" not in said
    async with browser(town, TEACHER) as client:
        listed = await client.get("/practices")
        assert addresses.assessment(which) in offered(listed.text).links
        assert "Closed on" in words_of(listed.text)
        assert "SC 1.1" not in words_of(listed.text)
        page = words_of((await client.get(addresses.assessment(which))).text)
        assert "SC 1.1 List Not assessed" in page
        one = words_of((await client.get(addresses.safeguard(which, "1.1"))).text)
        assert "Not assessed" in one
        for said in (page, one):
            assert "November" not in said
    async with browser(town, OFFICE) as client:
        listed = await client.get("/practices")
        assert addresses.assessment(which) not in offered(listed.text).links


async def test_the_list_leads_to_the_decisions_for_those_who_see_them(town: Hall) -> None:
    await opened(town, committee="network")
    for email, there in ((ISO, True), (CTO, True), (TEACHER, False), (CHAIR, False)):
        async with browser(town, email) as client:
            listed = await client.get("/practices")
            assert (addresses.GAPS in offered(listed.text).links) is there, email
