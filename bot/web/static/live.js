// What htmx does not do for lists and live numbers; and a code that can be copied.
// Everything works without this file and without htmx.
"use strict";

const POLLS = "[hx-trigger^=every]";
const LIST = "listed";
const byId = (id) => document.getElementById(id);
const on = (name, work) => document.addEventListener(name, work);

for (const box of document.querySelectorAll("[data-pause]")) stoppable(box);
for (const box of document.querySelectorAll("[data-keep]")) offer(box);

// After an error the summary gets the focus, so that a screen reader starts there.
const wrong = document.querySelector("[data-focus]");
wrong?.focus();

// A form that did not fit: Back and a reload open its page, instead of asking to send it again.
const stands = wrong && document.querySelector("input[name=stands-at]")?.value.split("#")[0];
if (stands) history.replaceState(null, "", stands);

// Where one is, in a menu or a row of tabs that is longer than its place.
for (const one of document.querySelectorAll("nav [aria-current]"))
  one.scrollIntoView({ block: "nearest", inline: "nearest" });

// -- every answer ---------------------------------------------------------------------------------

const last = new Map();
let before = {};

on("htmx:beforeRequest", (event) => {
  const asks = event.detail.elt;
  if (!asks.matches(POLLS)) return;
  if (document.hidden || asks.closest("[data-stopped]")) event.preventDefault();
});

// Choosing a language takes along what is being typed.
on("input", ({ target }) => {
  const form = target.form;
  if (!form?.querySelector("input[name=stands-at]")) return;
  if (!form.hasAttribute("id")) form.setAttribute("id", "typed-last");
  for (const one of document.querySelectorAll("button[name=locale][form]"))
    one.setAttribute("form", form.getAttribute("id"));
});

// Choosing a language leads back to the list as it is filtered now.
on("htmx:pushedIntoHistory", (event) => {
  const back = document.querySelectorAll("form[action='/language'] [name=back]");
  for (const one of back) one.value = event.detail.path;
});

on("htmx:beforeSwap", (event) => {
  const { elt, target, serverResponse: drawn, pathInfo, xhr } = event.detail;
  const listed = target.id === LIST;
  const whole = drawn.trimStart().startsWith("<!doctype");
  const fits = xhr.status === 200 && (listed ? drawn.includes(`id="${LIST}"`) : !whole);
  const path = pathInfo.requestPath;
  if (!fits) {
    event.detail.shouldSwap = false;
    failed(elt, listed && pathInfo.finalRequestPath);
  } else if (elt.matches(POLLS) && last.get(path) === drawn) {
    event.detail.shouldSwap = false;
  } else {
    last.set(path, drawn);
    const open = [...target.querySelectorAll("details[open][id]")].map((one) => one.id);
    const used = target.contains(document.activeElement) ? document.activeElement : null;
    const row = target.querySelector("tbody a[aria-current]")?.id;
    before = { open, row, rel: used?.rel, text: used?.textContent, ticked: listed ? ticked() : [] };
  }
  if (fits) stale.remove();
});

on("htmx:sendError", ({ detail }) =>
  failed(detail.elt, detail.target.id === LIST && detail.pathInfo.finalRequestPath),
);

// Signed out, or the database is away: a list goes there whole, which says so. What only followed
// along says that it no longer does.
const stale = document.createElement("p");
stale.className = "warning";
stale.setAttribute("role", "status");

function failed(asked, whole) {
  if (whole) return location.assign(whole);
  const said = asked.closest("[data-stale]").dataset.stale;
  if (stale.isConnected && stale.textContent === said) return;
  (asked.closest("[data-pause]") ?? asked).after(stale);
  stale.textContent = said;
}

on("htmx:afterSwap", () => {
  for (const id of before.open ?? []) byId(id)?.setAttribute("open", "");
  before.open = [];
});

on("htmx:afterOnLoad", ({ detail }) => {
  if (detail.target.id === LIST) {
    tick(before.ticked);
    for (const one of document.querySelectorAll(".row-beside textarea"))
      one.value = written.get(one.id) ?? one.value;
    return settle();
  }
  for (const box of document.querySelectorAll("[data-pause]")) told(box);
});

// Nothing of what a person typed or looked for stays behind.
on("htmx:pushedIntoHistory", () => sessionStorage.removeItem("htmx-current-path-for-history"));

// -- lists ----------------------------------------------------------------------------------------

// The focus stays on what was used (htmx, by its id). Is that gone, or not in view as the list is
// beside an open row on a phone, it goes to what came in its stead.
function settle() {
  const list = byId(LIST);
  byId("listed-said").textContent = list.dataset.said;
  const seen = (one) => one?.checkVisibility();
  if (list.contains(document.activeElement) && seen(document.activeElement)) return;
  const other = [
    before.rel ? list.querySelector(`[rel=${before.rel}]`) : null,
    before.rel ? list.querySelector("[rel]") : null,
    byId(before.row),
  ].find(seen);
  if (other) return other.focus({ preventScroll: !!before.rel });
  const beside = list.querySelector(".row-beside");
  rest(seen(beside) ? beside : list);
  document.activeElement.scrollIntoView();
}

// The row of buttons for the rows that are ticked says how many they are.
const TICKED = ".pick-cell input:checked";
const ticked = () => [...byId(LIST).querySelectorAll(TICKED)].map((one) => one.value);

function counted() {
  const line = document.querySelector("[data-selected]");
  if (line) line.textContent = line.dataset.selected.replace("{n}", ticked().length);
}

// Opening another row keeps the ticks of those that are still there.
function tick(rows) {
  for (const one of byId(LIST).querySelectorAll(".pick-cell input"))
    one.checked = rows.includes(one.value);
  counted();
}

on("change", ({ target }) => target.closest(".pick-cell") && counted());

// Nor is an answer lost that is being written beside the list, as long as the page is there.
const written = new Map();
on("input", ({ target }) => {
  if (target.matches(".row-beside textarea")) written.set(target.id, target.value);
});

// In a list, J and K go to the next and the previous row; Enter opens it. Only while the focus is
// in the list, so that somebody who dictates presses nothing by chance (WCAG 2.2, 2.1.4).
on("keydown", (event) => {
  const by = { j: 1, k: -1 }[event.key?.toLowerCase()];
  const table = event.target.closest("[data-rows]");
  if (!by || !table || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = [...table.querySelectorAll("tbody th a")];
  const at = rows.indexOf(event.target);
  if (at < 0) return;
  rows[at + by]?.focus();
  event.preventDefault();
});

// -- live numbers ---------------------------------------------------------------------------------

// Numbers that go on changing can be stopped; what only waits for one reading need not.
function stoppable(box) {
  if (!box.matches(POLLS) && !box.querySelector(POLLS)) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain no-print";
  button.dataset.follows = "";
  button.textContent = box.dataset.pause;
  button.addEventListener("click", () => {
    const stopped = box.toggleAttribute("data-stopped");
    button.textContent = stopped ? box.dataset.resume : box.dataset.pause;
  });
  box.after(button);
}

// Only the parts that changed: a button that somebody is about to press stays where it is. Who is
// on a button stays on it. Is it gone, nothing else must be pressed in its stead.
on("htmx:oobBeforeSwap", (event) => {
  const { target: part, fragment } = event.detail;
  if (part.hidden) return;
  if (part.innerHTML === fragment.innerHTML) {
    event.detail.shouldSwap = false;
  } else if (part.contains(document.activeElement)) {
    const text = document.activeElement.textContent;
    queueMicrotask(() => {
      const same = [...part.querySelectorAll("a, button")].find((one) => one.textContent === text);
      if (same) same.focus();
      else rest(part);
    });
  }
});

// The focus stays at the place, on nothing that can be pressed.
function rest(place) {
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

// A screen reader hears how it stands now and then, not each number.
const TOLD_EVERY = 20000;

function told(box) {
  const done = !box.matches(POLLS) && !box.querySelector(POLLS);
  const button = document.querySelector("[data-follows]");
  if (done && button) {
    if (button === document.activeElement) rest(box);
    button.remove();
  }
  const line = byId(box.dataset.says);
  const said = box.querySelector("[data-said]")?.dataset.said;
  if (!line || !said || line.textContent === said) return;
  if (!done && Date.now() - (line.toldAt || 0) < TOLD_EVERY) return;
  line.toldAt = Date.now();
  line.textContent = said;
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
