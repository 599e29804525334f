// The parts of the page by name, and one screen at a time.

export const part = (id) => document.getElementById(id);

const screens = () => document.querySelectorAll(".k-screen");

/** Show one screen, from its top, with the focus on what one presses there first. */
export function show(name, focus) {
  for (const screen of screens()) screen.hidden = screen.id !== name;
  const screen = part(name);
  screen.scrollTop = 0;
  document.documentElement.dataset.screen = name;
  const first = focus ?? screen.querySelector("[data-key]:not([hidden])") ?? part("main");
  first.focus({ preventScroll: true });
}

export const shown = () => document.documentElement.dataset.screen ?? "start";
