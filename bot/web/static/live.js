// Live numbers: asks for a fragment again and swaps it in; and a code that can be copied.
// Everything works without this file.
"use strict";

for (const box of document.querySelectorAll("[data-live]")) follow(box);
for (const box of document.querySelectorAll("[data-keep]")) offer(box);

for (const box of document.querySelectorAll("[data-count]")) counts(box);

for (const table of document.querySelectorAll("[data-rows]")) step(table);

// After an error the summary gets the focus, so that a screen reader starts there.
const wrong = document.querySelector("[data-focus]");
wrong?.focus();

// A form that did not fit: Back and a reload open its page, instead of asking to send it again.
const stands = wrong && document.querySelector("input[name=stands-at]")?.value.split("#")[0];
if (stands) history.replaceState(null, "", stands);

function follow(box) {
  if (box.querySelector("[data-done]")) return;
  let following = true;
  // Numbers that go on changing can be stopped; what only waits for one reading need not.
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain no-print";
  button.textContent = box.dataset.pause;
  button.addEventListener("click", () => {
    following = !following;
    button.textContent = following ? box.dataset.pause : box.dataset.resume;
  });
  if (box.dataset.pause) box.after(button);
  let last = "";
  const timer = setInterval(async () => {
    if (!following || document.hidden) return;
    const answer = await fetch(box.dataset.live).catch(() => null);
    if (!answer || !answer.ok || answer.redirected) return;
    const drawn = await answer.text();
    if (drawn === last) return;
    last = drawn;
    const parts = [...box.querySelectorAll("[data-part]")];
    if (parts.length) swap(box, parts, drawn);
    else replace(box, drawn);
    if (box.querySelector("[data-done]")) {
      clearInterval(timer);
      if (button === document.activeElement) rest(box);
      button.remove();
    }
    tell(box);
  }, 2000);
}

// How many people are chosen, counted again whenever a choice beside it changes.
function counts(box) {
  const form = box.closest("form");
  const names = box.dataset.countOf.split(" ");
  let turn = 0;
  form.addEventListener("change", async (event) => {
    if (!names.includes(event.target.name)) return;
    const mine = ++turn;
    const chosen = [...new FormData(form)].filter(([name]) => names.includes(name));
    const at = `${box.dataset.count}?${new URLSearchParams(chosen)}`;
    const answer = await fetch(at).catch(() => null);
    if (mine !== turn || !answer || !answer.ok || answer.redirected) return;
    box.innerHTML = await answer.text();
  });
}

// The focus stays at the place, on nothing that can be pressed.
function rest(place) {
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

function replace(box, drawn) {
  const open = [...box.querySelectorAll("details[open][id]")].map((one) => one.id);
  box.innerHTML = drawn;
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
}

// Only the parts that changed: a button that somebody is about to press stays where it is.
function swap(box, parts, drawn) {
  const next = document.createElement("template");
  next.innerHTML = drawn;
  for (const part of parts) {
    const other = next.content.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!other || other.innerHTML === part.innerHTML) continue;
    const at = part.contains(document.activeElement) ? document.activeElement.textContent : null;
    part.innerHTML = other.innerHTML;
    if (at === null) continue;
    // Who is on a button stays on it. Is it gone, nothing else must be pressed in its stead.
    const same = [...part.querySelectorAll("a, button")].find((one) => one.textContent === at);
    if (same) same.focus();
    else rest(part);
  }
  const [now, then] = [box.firstElementChild, next.content.firstElementChild];
  now.toggleAttribute("data-done", then.hasAttribute("data-done"));
  now.dataset.said = then.dataset.said || "";
}

// A screen reader hears how it stands now and then, not each number.
const TOLD_EVERY = 20000;

function tell(box) {
  const line = document.getElementById(box.dataset.says);
  const said = box.querySelector("[data-said]")?.dataset.said;
  if (!line || !said || line.textContent === said) return;
  const done = box.querySelector("[data-done]");
  if (!done && Date.now() - (line.toldAt || 0) < TOLD_EVERY) return;
  line.toldAt = Date.now();
  line.textContent = said;
}

// In a list, J and K go to the next and the previous row; Enter opens it. Only while the focus is
// in the list, so that somebody who dictates presses nothing by chance (WCAG 2.2, 2.1.4).
function step(table) {
  const rows = [...table.querySelectorAll("tbody th a")];
  table.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { j: 1, k: -1 }[event.key.toLowerCase()];
    const at = rows.indexOf(document.activeElement);
    if (!by || at < 0) return;
    rows[at + by]?.focus();
    event.preventDefault();
  });
}

// A code that is shown once, to be copied or printed.
function offer(box) {
  box.hidden = false;
  box.querySelector("[data-do=print]").addEventListener("click", () => window.print());
  box.querySelector("[data-do=copy]").addEventListener("click", async () => {
    const line = box.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(box.dataset.keep);
      line.textContent = box.dataset.copied;
    } catch {
      getSelection().selectAllChildren(document.querySelector(".receipt"));
      line.textContent = box.dataset.marked;
    }
  });
}
