"""What a page must hold for everybody who looks at it: by eye, by keyboard, by screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Page

_FAULTS = """() => {
  const faults = [], seen = (one) => one.checkVisibility({visibilityProperty: true});
  const named = (one) => one.outerHTML.slice(0, 90);
  if (!document.documentElement.lang) faults.push('no language');
  const ones = [...document.querySelectorAll('h1')].filter(seen).length;
  if (ones !== 1) faults.push(`${ones} h1`);
  let level = 1;
  for (const one of document.querySelectorAll('main h1, main h2, main h3, main h4, main h5')) {
    if (!seen(one) || one.closest('.problems')) continue;
    const next = Number(one.tagName[1]);
    if (next > level + 1) faults.push(`h${next} below h${level}: ${one.textContent.trim()}`);
    level = next;
  }
  for (const one of document.querySelectorAll('main table')) {
    if (!seen(one)) continue;
    if (!one.caption && !one.hasAttribute('aria-labelledby') && !one.closest('[role=region]'))
      faults.push(`table without a name: ${named(one)}`);
    for (const head of one.querySelectorAll('th:not([scope])'))
      faults.push(`th without scope: ${named(head)}`);
  }
  for (const why of document.querySelectorAll('.why[id]')) {
    if (!document.querySelector(`[aria-describedby~="${why.id}"]`))
      faults.push(`no input is described by ${named(why)}`);
  }
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let at = words.nextNode(); at; at = words.nextNode()) {
    const holder = at.parentElement;
    if (!at.textContent.trim() || !seen(holder) || holder.closest('.unseen')) continue;
    const size = parseFloat(getComputedStyle(holder).fontSize);
    if (size < 12) faults.push(`${size} px: ${at.textContent.trim().slice(0, 60)}`);
  }
  for (const one of document.querySelectorAll(
      'button, a.button, input:not([type=hidden]), select, textarea, nav a, summary')) {
    if (!seen(one)) continue;
    const box = one.getBoundingClientRect();
    if (box.height < 24 || box.width < 24) faults.push(`small target: ${named(one)}`);
  }
  const reached = 'a[href], button, input:not([type=hidden]), select, textarea, summary, .scroll';
  for (const one of document.querySelectorAll(reached)) {
    if (!seen(one) || one.matches(':disabled') || one.closest('.unseen')) continue;
    one.focus({preventScroll: true, focusVisible: true});
    const style = getComputedStyle(one);
    if (document.activeElement !== one) faults.push(`takes no focus: ${named(one)}`);
    else if (style.outlineStyle !== 'solid' || parseFloat(style.outlineWidth) < 2)
      faults.push(`focus cannot be seen: ${named(one)}`);
  }
  document.activeElement?.blur();
  return faults;
}"""

_WIDER = """document.documentElement.scrollWidth - document.documentElement.clientWidth"""


async def serious(page: Page) -> list[str]:
    """What axe-core finds that is serious or critical."""
    from axe_playwright_python.async_playwright import Axe

    if not await page.evaluate("'axe' in window"):
        await page.evaluate(Axe().axe_script)
    violations = await page.evaluate(
        "axe.run({resultTypes: ['violations']}).then((found) => found.violations)"
    )
    return [
        f"{one['id']}: {one['help']}: {[node['html'][:120] for node in one['nodes'][:3]]}"
        for one in violations
        if one["impact"] in ("serious", "critical")
    ]


async def too_wide(page: Page) -> int:
    """Pixels by which a page is wider than the window."""
    found: int = await page.evaluate(_WIDER)
    return found


async def faults(page: Page) -> list[str]:
    """What else is wrong with a page: its headings, sizes, targets, and where the focus is."""
    found: list[str] = await page.evaluate(_FAULTS)
    if (wider := await too_wide(page)) > 0:
        found.append(f"{wider} pixels wider than the window")
    return found


async def unfold(page: Page) -> None:
    """Open whatever is behind a disclosure."""
    await page.evaluate(
        "document.querySelectorAll('details').forEach((one) => { one.open = true })"
    )
