"""Takes the pictures of the guides: starts the demo, walks its tour, and writes docs/pictures.

Run it when the pages have changed: ``.venv/bin/python docs/screenshots.py``. It needs Debian's
Chromium, which ``make test`` installs. Look at every picture afterwards.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.charts.chart_pictures import picture
from core.text import text
from core.words import Words
from surveys.results.model import Share, ShareResult
from surveys.results.statistics import score_interval

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

HERE = Path(__file__).parent
PICTURES = HERE / "pictures"
CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 780}
LARGEST = 200_000
"""Bytes of a picture: a guide must load on a bad line."""

TELLS = (
    "The Wi-Fi in the portables behind the gym drops every day after lunch, and my class is "
    "thrown out of the test."
)
ANSWERS = (
    "Thank you. Two access points go up behind the gym this Thursday after school. Please tell us "
    "on Friday whether it holds."
)


def main() -> None:
    """Take all pictures."""
    from playwright.sync_api import sync_playwright

    PICTURES.mkdir(exist_ok=True)
    _chart()
    with _demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        _walk(browser, address)
        browser.close()
    for taken in sorted(PICTURES.glob("*.png")):
        size = taken.stat().st_size
        sys.stdout.write(f"{taken.name}: {size // 1000} KB\n")
        if size > LARGEST:
            raise SystemExit(f"{taken.name} is too large; show less of the page.")


def _chart() -> None:
    """A chart as chat shows it, of made-up figures."""
    shares = (
        ("Wi-Fi that drops", 746),
        ("Devices that are broken or missing", 301),
        ("Signing in", 120),
        ("Nothing", 37),
    )
    result = ShareResult(
        question="blocker",
        prompt=text("What got in your way most this week?"),
        n=1204,
        shares=tuple(
            Share(key=label, label=text(label), count=n, share=n / 1204, low=low, high=high)
            for label, n in shares
            for low, high in [score_interval(n / 1204, 1204, 1.96**2)]
        ),
    )
    drawn = picture(result, Words(), as_of=datetime(2026, 11, 25, 18, tzinfo=UTC))
    if drawn is not None:
        (PICTURES / "chart.png").write_bytes(drawn.png)


@contextmanager
def _demo() -> Iterator[str]:
    """The demo on a free port; its address."""
    command = Path(sys.executable).with_name("soundingboard")
    with tempfile.TemporaryDirectory() as folder:
        serving = subprocess.Popen(  # noqa: S603  (our own command)
            [command, "demo", "--folder", folder, "--port", "0", "--pace", "2"],
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield _address(serving)
        finally:
            serving.terminate()
            serving.wait(timeout=30)


def _address(serving: subprocess.Popen[str]) -> str:
    for line in serving.stdout or ():
        if found := re.search(r"http://\S+", line):
            return found.group()
    raise SystemExit("The demo did not start.")


def _walk(browser: Browser, address: str) -> None:
    """The two-minute tour, with a picture at each stop."""
    page = _open(browser, address)
    _be(page, address, "Teacher")
    _until(page, "main form")
    _shoot(page, "inbox", height=1100)
    _phone(browser, page, address)
    page.goto(f"{address}/feedback")
    page.fill("textarea[name=text]", TELLS)
    page.evaluate("document.activeElement.blur()")
    _shoot(page, "feedback")
    page.click("main button.primary")
    page.wait_for_load_state()
    _results(page, address)
    _dark(browser, page)
    _writing(page, address)
    _docket(page, address)
    _listening(page, address)
    _phones(browser, page, address)
    _rules(page, address)
    _practices(page, address)
    _change(page, address)
    _plan(page, address)
    _board(page, address)
    _announcement(page, address)


def _phone(browser: Browser, page: Page, address: str) -> None:
    """The same person's page on a phone."""
    phone = browser.new_context(
        viewport=PHONE, device_scale_factor=1.5, storage_state=page.context.storage_state()
    ).new_page()
    phone.goto(address)
    _shoot(phone, "inbox-phone")
    phone.context.close()


def _results(page: Page, address: str) -> None:
    """Results of the open pulse, once colleagues have answered."""
    _be(page, address, "Chief Technology Officer")
    page.goto(address)
    _shoot(page, "home-cto", height=800)
    page.goto(f"{address}/desk/surveys")
    _until(page, "main tbody a[href^='/desk/asking/']")
    asking = page.locator("main tbody a[href^='/desk/asking/']").first.get_attribute("href")
    page.goto(f"{address}{str(asking).replace('/desk/asking/', '/results/')}")
    _until(page, "main svg")
    time.sleep(40)  # more colleagues, narrower intervals
    page.reload()
    _shoot(page, "results", height=1000)


def _dark(browser: Browser, page: Page) -> None:
    """The same results for somebody whose screen is dark."""
    dark = browser.new_context(
        viewport=WIDE, color_scheme="dark", storage_state=page.context.storage_state()
    ).new_page()
    dark.goto(page.url)
    _shoot(dark, "results-dark", height=1000)
    dark.context.close()


def _writing(page: Page, address: str) -> None:
    """A survey that is being written, one of its questions, and what people will see of it."""
    page.goto(f"{address}/desk/surveys")
    page.click("button:has-text('Copy')")
    page.wait_for_url("**/drafts/*")
    draft = page.url
    _shoot(page, "survey-draft", height=1000)
    page.goto(f"{draft}/questions/most-for")
    _shoot(page, "survey-question", height=1000)
    page.goto(f"{draft}/preview?platform=slack")
    _shoot(page, "survey-preview", height=1000)


def _docket(page: Page, address: str) -> None:
    """The docket of whom the teacher's words went to, and an answer being written."""
    _be(page, address, "Chair of the Network")
    page.goto(address)
    _shoot(page, "home-chair", height=800)
    page.goto(f"{address}/committees/network")
    mine = "main tbody a:has-text('portables')"
    _until(page, mine)
    page.locator(mine).first.click()
    page.wait_for_selector("main textarea[name=text]")
    _shoot(page, "docket", height=700)
    page.fill("main textarea[name=text]", ANSWERS)
    _shoot(page, "answer", height=710)


def _listening(page: Page, address: str) -> None:
    """A chair's week: several at once, a matter that many say, the week, what grew, the agenda."""
    network = f"{address}/committees/network"
    _be(page, address, "Chair of the Network")
    page.goto(f"{network}?sort=-people")
    page.locator("main tbody a").first.click()
    page.click("main a:has-text('All messages, combined')")
    _shoot(page, "matter", height=1000)
    page.goto(f"{network}/chair")
    _shoot(page, "chair", height=1000)
    page.goto(f"{network}/week")
    _shoot(page, "week", height=1000)
    page.goto(f"{network}/trends")
    _shoot(page, "trends")
    page.goto(f"{network}/agenda")
    _shoot(page, "agenda", height=1000)
    _be(page, address, "Chief Technology Officer")
    page.goto(address)
    page.locator("main .panels a[href^='/recommendations/']").first.click()
    _shoot(page, "recommendation")


def _phones(browser: Browser, page: Page, address: str) -> None:
    """A docket as somebody sees it on a phone who works on it there."""
    _be(page, address, "Chair of the Network")
    phone = browser.new_context(
        viewport=PHONE, device_scale_factor=1.5, storage_state=page.context.storage_state()
    ).new_page()
    phone.goto(f"{address}/committees/network")
    _shoot(phone, "docket-phone")
    phone.context.close()


def _rules(page: Page, address: str) -> None:
    """A rule that is open for comment, and a comment with the decision on it."""
    _be(page, address, "Teacher")
    page.goto(f"{address}/rules")
    page.click("main tbody a:has-text('ITR 4')")
    _shoot(page, "rule", height=860)
    page.click("main a[href$='/comments']")
    _shoot(page, "rule-comments", height=780)


def _practices(page: Page, address: str) -> None:
    """The figures of an assessment that its owners are answering, and one of its controls."""
    _be(page, address, "Information Security Officer")
    page.goto(f"{address}/practices")
    page.click("main a:has-text('CIS Controls IG1')")  # the newest comes first
    _shoot(page, "practices", height=900)
    page.evaluate("document.querySelectorAll('main details').forEach(e => e.open = true)")
    page.click("main table a:has-text('11. Backups')")
    _shoot(page, "practices-control", height=1150)


def _change(page: Page, address: str) -> None:
    """A change that is under way, the messages about it, and a training session for it."""
    _be(page, address, "Chief Technology Officer")
    page.goto(f"{address}/calendar")
    page.locator("main a:has-text('New way to sign in')").first.click()
    _shoot(page, "change", height=800)
    page.click("main a:has-text('Messages (5)')")
    _shoot(page, "change-messages")
    _be(page, address, "Teacher")
    page.goto(f"{address}/learning")
    page.locator("main tbody a").first.click()
    _shoot(page, "training-session")


def _plan(page: Page, address: str) -> None:
    """A goal of the plan: how its indicator stands, and what staff said about it."""
    _be(page, address, "Teacher")
    page.goto(f"{address}/plan/reliable-wifi")
    _shoot(page, "goal", height=1000)


def _board(page: Page, address: str) -> None:
    """The Board report of the school year."""
    _be(page, address, "Teacher")
    page.goto(f"{address}/board")
    page.click("main tbody a")
    _shoot(page, "board-report", height=860)


def _announcement(page: Page, address: str) -> None:
    """A draft with its reach, sent, and what became of it."""
    _be(page, address, "Chief Technology Officer")
    page.goto(f"{address}/announcements?state=draft")
    page.click("main tbody a")
    page.wait_for_load_state()
    for _ in ("who gets it", "what it says"):
        page.click("main button.primary")
        page.wait_for_load_state()
    _shoot(page, "announcement-reach", height=780)
    if page.locator("input[name=everyone]").count():
        page.fill("input[name=everyone]", "everyone")
    page.click("main button.primary")
    page.wait_for_load_state()
    _be(page, address, "Responder")  # the second person
    page.goto(address)
    asked = page.locator("details.waiting", has=page.locator("button", has_text="Approve")).first
    if not asked.get_attribute("open"):
        asked.locator("summary").first.click()
    asked.locator("button", has_text="Approve").first.click()
    time.sleep(20)
    _be(page, address, "Chief Technology Officer")
    page.goto(f"{address}/announcements?state=sent")
    page.locator("main tbody a").first.click()
    _shoot(page, "campaign-progress", height=900)


def _open(browser: Browser, address: str) -> Page:
    page = browser.new_context(viewport=WIDE).new_page()
    page.goto(address)
    return page


def _be(page: Page, address: str, part: str) -> None:
    page.goto(f"{address}/demo")
    page.locator("button.persona", has_text=part).first.click()
    page.wait_for_load_state()


def _until(page: Page, selector: str) -> None:
    """Load the page again until something is on it: colleagues and deliveries take their time."""
    for _ in range(60):
        if page.locator(selector).count():
            return
        time.sleep(1)
        page.reload()
    raise SystemExit(f"{page.url} never showed {selector}.")


def _shoot(page: Page, name: str, *, height: int = 720) -> None:
    """A picture of the top of the page. The demo's ribbon is not part of the product."""
    page.wait_for_load_state()
    if "cannot find" in page.title():
        raise SystemExit(f"{name}: there is no page at {page.url}.")
    page.evaluate("document.querySelectorAll('.ribbon').forEach(e => e.style.display = 'none')")
    size = page.viewport_size or WIDE
    whole = int(page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": size["width"], "height": min(max(whole, 300), height)})
    page.screenshot(path=PICTURES / f"{name}.png")
    page.set_viewport_size({"width": size["width"], "height": size["height"]})


if __name__ == "__main__":
    main()
