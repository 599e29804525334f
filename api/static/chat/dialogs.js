// The notice at the first visit, the question before starting afresh, the menu.

import * as store from "./store.js";

/** Ask with a dialog of the page; resolves to the value of the button pressed, "" for Escape. */
export function ask(id) {
  const dialog = document.getElementById(id);
  // iPhones before iOS 15.4 know no <dialog>.
  if (!dialog.showModal)
    return Promise.resolve(window.confirm(dialog.querySelector("p").textContent) ? "yes" : "");
  dialog.returnValue = "";
  if (!dialog.open) dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
  });
}

export async function askNotice() {
  const agreed = (await ask("notice")) === "yes";
  if (agreed) store.keepNoticeSeen();
  return agreed;
}

/** The menu: a sheet of choices, each with its act. */
export function wireMenu(acts) {
  document.getElementById("more-button").addEventListener("click", async () => {
    const choice = await ask("more");
    acts[choice]?.();
  });
}

/** On paper every citation is open; on screen they go back to how they were. */
export function wirePrint() {
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll(".law:not([open])")];
    for (const law of opened) law.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const law of opened) law.open = false;
    opened = [];
  });
}
