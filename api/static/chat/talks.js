// Talks begun on this device: go back to one, give it a name, take it off the device.

import { button, el } from "./dom.js";
import * as store from "./store.js";
import { clockOf, dayName } from "./time.js";
import { t } from "./words.js";

/** Resolves to the id of the talk to go back to, or null. */
export function chooseTalk() {
  const dialog = document.getElementById("talks");
  const rows = document.getElementById("talks-list");
  const says = document.getElementById("talks-says");
  let chosen = null;

  function draw(focus) {
    const talks = store.talks();
    rows.replaceChildren(...talks.map(row));
    if (talks.length === 0) says.textContent = t("这台设备上还没有以前的对话。");
    if (focus) (rows.querySelector(`[data-id="${focus}"] .talk`) ?? dialog.querySelector("form button")).focus();
  }

  function row(talk) {
    const now = talk.id === store.conversation() ? `${t("正在说的")} · ` : "";
    const when = el("span", "", `${now}${dayName(talk.at)} ${clockOf(talk.at)}`);
    const open = button("talk", talk.title);
    open.append(when);
    open.addEventListener("click", () => {
      chosen = talk.id;
      dialog.close();
    });
    const node = el("li", "", open, named(button("copy", t("改名")), talk), named(button("copy", t("删掉")), talk));
    node.dataset.id = talk.id;
    const [, rename, forget] = node.children;
    rename.addEventListener("click", () => edit(node, talk));
    forget.addEventListener("click", () => {
      store.forgetTalk(talk.id);
      says.textContent = t("“{title}”已从这台设备删掉。", { title: talk.title });
      if (talk.id === store.conversation()) chosen = "";
      draw(talk.id);
    });
    return node;
  }

  function named(press, talk) {
    press.setAttribute("aria-label", `${press.textContent}${t("：")}${talk.title}`);
    return press;
  }

  function edit(node, talk) {
    const field = el("input");
    field.value = talk.title;
    field.maxLength = 40;
    field.setAttribute("aria-label", t("新名字"));
    const keep = () => {
      store.renameTalk(talk.id, field.value.trim() || talk.title);
      draw(talk.id);
    };
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      keep();
    });
    node.replaceChildren(field, button("copy", t("保存"), keep));
    field.focus();
  }

  says.textContent = "";
  draw();
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(chosen), { once: true }));
}
