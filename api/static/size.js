// 大字: three sizes of type, one press each, kept on this device for every page.

const root = document.documentElement;

function show(size) {
  root.dataset.size = size;
  window.dispatchEvent(new Event("resize")); // what has measured itself measures again
}

document.getElementById("size")?.addEventListener("click", () => {
  const next = String((Number(root.dataset.size) % 3) + 1);
  show(next);
  try {
    localStorage.setItem("wenfa.size", next);
  } catch {
    // storage is switched off: this page alone is larger
  }
});

// Back to a page the browser kept: it may have been drawn with another size.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  try {
    show(localStorage.getItem("wenfa.size") ?? "1");
  } catch {
    // nothing was kept
  }
});
