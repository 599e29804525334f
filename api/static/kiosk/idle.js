// Nobody touches, speaks or is read to for a minute: a question with a countdown, then the screen forgets.

const IDLE = 60_000; // ms
const WARNING = 20; // seconds

/** @param use {busy(), needless(), ask(), leave()}; busy: reading aloud or listening counts as somebody there */
export function watchIdle(use) {
  const dialog = document.getElementById("idle");
  const left = document.getElementById("idle-left");
  let last = Date.now();
  let until = 0;

  function touch() {
    last = Date.now();
    if (dialog.open) dialog.close();
  }

  function look() {
    if (use.busy()) last = Date.now();
    if (dialog.open) return count();
    if (Date.now() - last < IDLE || use.needless()) return;
    until = Date.now() + WARNING * 1000;
    dialog.showModal();
    document.getElementById("stay").focus();
    count();
    use.ask();
  }

  function count() {
    const seconds = Math.ceil((until - Date.now()) / 1000);
    left.textContent = String(Math.max(0, seconds));
    if (seconds <= 0) use.leave();
  }

  for (const sign of ["pointerdown", "keydown", "wheel", "input", "touchmove"])
    window.addEventListener(sign, () => dialog.open || touch(), { passive: true, capture: true });
  // The whole press, not its beginning: else its end would land on what lies under the dialog.
  dialog.addEventListener("click", (event) => event.target.closest("#leave") || touch());
  document.getElementById("leave").addEventListener("click", use.leave);
  dialog.addEventListener("cancel", touch);
  setInterval(look, 500);
}
