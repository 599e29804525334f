// Everything by keys: numbers press what carries them, arrows go to the next thing in that direction.

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const PRESSABLE = "button, summary, select, input, textarea, [tabindex='0']";

export function wireKeys({ home }) {
  window.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) return home();
    const typing = event.target.matches("input, textarea, select");
    if (!typing && /^\d$/.test(event.key)) return press(event);
    if (event.target.matches("main, body")) return enter(event);
    if (!typing && event.key in STEPS) move(event);
  });
}

function press(event) {
  const target = visible("[data-key]").find((one) => one.dataset.key === event.key);
  if (!target) return;
  event.preventDefault();
  target.click();
}

/** Nothing chosen yet: any arrow goes to the first thing to press, Enter presses it. */
function enter(event) {
  const first = visible("[data-key]")[0];
  if (!first || !(event.key === "Enter" || event.key in STEPS)) return;
  event.preventDefault();
  if (event.key === "Enter") first.click();
  else first.focus();
}

function move(event) {
  const [dx, dy] = STEPS[event.key];
  const scrolls = event.target.matches("[tabindex='0']") && dy;
  if (scrolls && canScroll(event.target, dy)) return;
  const from = event.target.getBoundingClientRect();
  const best = visible(PRESSABLE)
    .filter((one) => one !== event.target)
    .map((one) => [distance(from, one.getBoundingClientRect(), dx, dy), one])
    .filter(([far]) => far !== null)
    .sort(([a], [b]) => a - b)[0];
  if (!best) return;
  event.preventDefault();
  best[1].focus();
}

const canScroll = (box, dy) =>
  dy < 0 ? box.scrollTop > 0 : box.scrollTop + box.clientHeight < box.scrollHeight - 1;

/** How far in the direction, what lies aside counting double; null when it is not that way. */
function distance(from, to, dx, dy) {
  const x = (to.left + to.right - from.left - from.right) / 2;
  const y = (to.top + to.bottom - from.top - from.bottom) / 2;
  const along = x * dx + y * dy;
  return along > 4 ? along + 2 * Math.abs(x * dy + y * dx) : null;
}

function visible(selector) {
  const root = document.querySelector("dialog[open]") ?? document;
  return [...root.querySelectorAll(selector)].filter((one) => one.checkVisibility() && !one.disabled);
}
