// The queue page: walk it by keys, and see it change.

import { wireKeys } from "./keys.js";
import { follow, say, WHAT } from "./live.js";

const page = document.getElementById("main");
const rows = [...document.querySelectorAll("[data-case]")];
const QUIET = 400; // ms: several changes at once are fetched together
let timer = 0;

function links() {
  return [...document.querySelectorAll("[data-case] h2 a")];
}

function step(by) {
  const all = links();
  const at = all.indexOf(document.activeElement);
  all[Math.min(Math.max(at + by, 0), all.length - 1)]?.focus();
}

/** Fetch the page again and put its list in place; the focus stays on the same case. */
async function refresh() {
  const focused = document.activeElement?.closest("[data-case]")?.dataset.case;
  const response = await fetch(location.href, { credentials: "same-origin" });
  if (!response.ok || response.redirected) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const part of [".views", ".cases", ".empty"]) {
    const mine = page.querySelector(part);
    const theirs = fresh.querySelector(part);
    if (mine && theirs) mine.replaceWith(document.adoptNode(theirs));
    else if (mine && part !== ".views") mine.remove();
    else if (theirs) page.append(document.adoptNode(theirs));
  }
  if (focused) page.querySelector(`[data-case="${focused}"] h2 a`)?.focus();
}

follow((event) => {
  if (!event.mine) say(`${event.reference} ${event.by}${WHAT[event.action] ?? ""}`);
  const row = page.querySelector(`[data-case="${event.case}"] [data-owner]`);
  if (row) row.textContent = event.owner ? `${event.owner} 在办` : "";
  clearTimeout(timer);
  timer = setTimeout(refresh, QUIET);
});

wireKeys({ j: () => step(+1), k: () => step(-1) });
if (rows.length && location.hash === "#first") links()[0].focus();
