// One key for everything: an element says its own key in data-key; ? shows the table.

const dialog = document.getElementById("keys");

function typing(target) {
  return target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select") !== null;
}

/** Press what a key stands for: a field gets the focus, a link or button is clicked. */
function press(element) {
  if (element.matches("input, textarea, select")) {
    element.focus();
    element.scrollIntoView({ block: "center" });
  } else element.click();
}

/** @param own keys of the page itself: key -> function */
export function wireKeys(own = {}) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // the key belongs to the input method
    if (event.key === "Escape" && typing(event.target)) return event.target.blur();
    if (event.key === "Enter" && event.ctrlKey) {
      const form = document.getElementById("decide");
      if (form) {
        event.preventDefault();
        form.requestSubmit();
      }
      return;
    }
    if (typing(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "?") return dialog.open ? dialog.close() : dialog.showModal();
    if (dialog.open) return;
    const element = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (own[event.key]) {
      event.preventDefault();
      own[event.key]();
    } else if (element) {
      event.preventDefault();
      press(element);
    }
  });
}
