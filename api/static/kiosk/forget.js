// Forget whoever was here: first in place, so that it holds without a network, then by a fresh document.

const SHELL = /^wenfa-kiosk-/;

/** Everything the browser keeps, except the shell for times without network, which knows nobody. */
export async function wipeBrowser() {
  for (const storage of ["sessionStorage", "localStorage"]) {
    try {
      window[storage].clear();
    } catch {
      // switched off: then nothing was kept
    }
  }
  const names = (await window.caches?.keys()) ?? [];
  await Promise.all(names.filter((name) => !SHELL.test(name)).map((name) => caches.delete(name)));
}

/** Take every trace out of the page: what was typed, drawn, framed, named. */
export function wipePage() {
  document.getElementById("idle").close();
  for (const field of document.querySelectorAll("input, textarea, select")) field.value = "";
  for (const id of ["asked", "sheet", "caption", "partial", "candidates", "words-says", "trouble", "failed-says"])
    document.getElementById(id).replaceChildren();
  for (const frame of document.querySelectorAll("iframe")) frame.remove();
  for (const own of document.querySelectorAll("[data-own]")) own.replaceChildren();
  document.getElementById("qr-picture").removeAttribute("src");
}

/** A fresh document in the place of this one, so that not even the memory of the script is left. */
export function startFresh() {
  if (navigator.onLine || navigator.serviceWorker?.controller) location.replace("/kiosk");
}
