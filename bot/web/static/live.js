// Live numbers: asks for a fragment again and swaps it in. Everything works without this file.
"use strict";

for (const box of document.querySelectorAll("[data-live]")) follow(box);

// After an error the summary gets the focus, so that a screen reader starts there.
document.querySelector("[data-focus]")?.focus();

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
    const open = [...box.querySelectorAll("details[open][id]")].map((one) => one.id);
    box.innerHTML = drawn;
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if (box.querySelector("[data-done]")) {
      clearInterval(timer);
      button.remove();
    }
  }, 2000);
}
