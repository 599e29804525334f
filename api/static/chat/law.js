// A cited article in its chapter: beside the talk on a wide screen, as a sheet on a phone.

import { button, el, icon, lawLines, lawStatus } from "./dom.js";
import { article } from "./net.js";
import { dateWords } from "./time.js";
import { chinese, t } from "./words.js";

const WIDE = matchMedia("(min-width: 68rem)");

function one({ article: number, text }, chosen = false) {
  const node = chinese(el("section", `near${chosen ? " is-chosen" : ""}`, el("h3", "", number), ...lawLines(text)));
  if (chosen) node.setAttribute("aria-current", "true");
  return node;
}

function facts({ status, published, valid_from: from, valid_until: until }) {
  return el(
    "p",
    "law-facts",
    lawStatus(status),
    published && el("span", "", t("{day}公布", { day: dateWords(published) })),
    from && el("span", "", t("{day}起施行", { day: dateWords(from) })),
    until && el("span", "", t("{day}起不再适用", { day: dateWords(until) })),
  );
}

function drawn(found) {
  const whole = el("a", "quiet-button way", icon("book"), t("看整部法律"));
  whole.href = found.url;
  const others = found.versions.length > 1 && el("p", "small", t("这部法律存有{count}个版本。", { count: found.versions.length }));
  return [
    facts(found.version),
    found.chapter && chinese(el("p", "law-chapter", found.chapter)),
    el("div", "law-text", ...found.before.map((near) => one(near)), one(found, true), ...found.after.map((near) => one(near))),
    others,
    el("p", "ways", whole),
  ].filter(Boolean);
}

/** @param log the element whose citations open */
export function wireLaw(log) {
  const beside = document.getElementById("law-beside");
  const sheet = document.getElementById("law-sheet");
  let from = null; // the citation pressed, where the focus goes back to

  function close() {
    document.documentElement.classList.remove("law-open");
    beside.hidden = true;
    if (sheet.open) sheet.close();
    from?.focus();
    from = null;
  }

  function fill(box, found) {
    const title = chinese(el("h2", "", `${found.law.replace("中华人民共和国", "")} ${found.article}`));
    title.tabIndex = -1;
    title.id = `${box.id}-title`;
    box.replaceChildren(el("div", "law-head", title, button("quiet-button small-close", t("关上"), close)), ...drawn(found));
    return title;
  }

  async function open(summary) {
    const law = summary.parentElement;
    let found;
    try {
      found = await article(law.dataset.law, law.dataset.article);
    } catch {
      law.open = !law.open; // no network: the words of the article are here already
      return;
    }
    from = summary;
    if (WIDE.matches) {
      const title = fill(beside, found);
      beside.hidden = false;
      document.documentElement.classList.add("law-open");
      title.focus({ preventScroll: true });
      const chosen = beside.querySelector(".is-chosen");
      const far = chosen.offsetTop > beside.clientHeight / 2;
      beside.scrollTop = far ? chosen.offsetTop - beside.clientHeight / 3 : 0;
    } else {
      const title = fill(sheet, found);
      sheet.showModal();
      title.focus();
    }
  }

  log.addEventListener("click", (event) => {
    const summary = event.target.closest(".law > summary");
    if (!summary?.parentElement.dataset.law || !sheet.showModal || summary.parentElement.open) return;
    event.preventDefault();
    open(summary);
  });
  sheet.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && !beside.hidden && close());
  return { close };
}
