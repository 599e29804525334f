// What the machine knows by itself: places and a hundred questions, searched on the device.

import { button, el, icon } from "../chat/dom.js";
import { call } from "../chat/net.js";
import { part } from "./dom.js";

const SHOWN = 8;
let pocket = null;

const load = async () => (pocket ??= await call("/kiosk/offline.json"));

/** Pairs of neighbouring characters; 拖欠工资 and 工资被拖欠 share most of them. */
function pairs(text) {
  const plain = text.replace(/[^\p{L}\p{N}]/gu, "");
  return new Set(Array.from({ length: Math.max(0, plain.length - 1) }, (_, n) => plain.slice(n, n + 2)));
}

/** The entries whose wordings share most with the words, best first. */
export function search(entries, words) {
  const wanted = pairs(words);
  if (!wanted.size) return entries.slice(0, SHOWN);
  const likeness = (text) => {
    const held = pairs(text);
    const shared = [...wanted].filter((pair) => held.has(pair)).length;
    return shared / Math.sqrt(wanted.size * Math.max(1, held.size));
  };
  return entries
    .map((entry) => [Math.max(...[entry.question, ...entry.also].map(likeness)), entry])
    .filter(([score]) => score > 0.05)
    .sort(([a], [b]) => b - a)
    .slice(0, SHOWN)
    .map(([, entry]) => entry);
}

/** An entry as a reply and its sentences, as the server would send them. */
export function asReply(entry, made) {
  const sentences = [];
  const add = (name, lines) =>
    lines.forEach((text, line) => {
      for (const piece of text.split(/(?<=[。；！？])/)) sentences.push({ part: name, line, text: piece, says: piece });
    });
  add("answer", entry.answer.split("\n"));
  for (const name of ["steps", "materials", "deadlines", "where"]) add(name, entry[name]);
  add("statutes", [entry.laws.join("；")]);
  add("label", [`这是${made}存在机器里的常见问题，没有联网核对，仅供参考。`]);
  return { reply: { decision: "release", author: "machine", citations: [] }, sentences };
}

/** The screen of questions and places. @param use {pick(entry, made)} */
export function createPocket(use) {
  const find = part("find");

  async function draw() {
    let held;
    try {
      held = await load();
    } catch {
      return part("found").replaceChildren(el("li", "k-soft", "这台机器还没有存下常见问题。请拨打12348。"));
    }
    const found = search(held.faq, find.value);
    const none = el("li", "k-soft", "没有找到像这样的问题，换几个字试试。");
    part("found").replaceChildren(
      ...(found.length ? found.map((entry) => el("li", "", button("k-found", entry.question, () => use.pick(entry, held.made), "right"))) : [none]),
    );
    const near = part("main").dataset.township;
    const places = [...held.places].sort((a, b) => (b.township === near) - (a.township === near));
    part("places").replaceChildren(...places.map(place));
  }

  function place({ name, address, phone, hours }) {
    return el("li", "", el("b", "", name), el("span", "", icon("pin"), address), el("span", "", icon("phone"), phone), el("span", "k-soft", hours));
  }

  find.addEventListener("input", draw);
  return {
    open(words = "") {
      find.value = words;
      return draw();
    },
  };
}
