// Ten seconds for taking a decision back, counted by the server's clock.

export function wireUndo(box) {
  if (!box) return;
  const ahead = Date.now() - Date.parse(box.dataset.now);
  const until = Date.parse(box.dataset.until) + ahead;
  const words = box.querySelector("[data-undo-words]");

  function count() {
    const left = Math.ceil((until - Date.now()) / 1000);
    if (left <= 0) {
      words.textContent = "正在发出……";
      box.querySelector("form").remove();
      clearInterval(timer);
    } else words.textContent = `${left} 秒后发出，还可以撤回。`;
  }

  const timer = setInterval(count, 250);
  count();
}
