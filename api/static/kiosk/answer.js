// An answer drawn from its sentences, so that the one being read can be marked where it stands.

import { button, el, icon, lawLines, lawStatus } from "../chat/dom.js";
import { part } from "./dom.js";

const TITLES = {
  numbers: ["情况紧急，请先打电话", "alert"],
  held: ["已转律师复核", "clock"],
  steps: ["下一步", "steps"],
  materials: ["要带的材料", "bag"],
  deadlines: ["时限", "calendar"],
  where: ["去哪里办", "pin"],
  why: ["为什么要律师看", "ask"],
  laws: ["法律依据", "book"],
  statutes: ["法律依据", "book"],
};
const LISTS = { steps: "ol", materials: "ul", deadlines: "ul", where: "ul", why: "ul" };

/** Draw a reply into its sheet; onPick(n) when a sentence is pressed. Returns the sentences' elements. */
export function draw(reply, sentences, onPick) {
  const marks = sentences.map((one, n) => {
    const span = el("span", "k-sentence", one.text);
    span.addEventListener("click", () => onPick(n));
    return span;
  });
  const names = [...new Set(sentences.map(({ part: name }) => name))];
  const sheet = part("sheet");
  const sections = names.map((name) => section(name, linesOf(name, sentences, marks), reply));
  sheet.replaceChildren(...[author(reply), ...sections, nexts(reply)].filter(Boolean));
  sheet.classList.toggle("is-urgent", reply.decision === "urgent");
  sheet.hidden = false;
  sheet.scrollTop = 0;
  return marks;
}

/** Mark the sentence being read, keep it in sight, and show it again as a caption. */
export function mark(marks, n) {
  for (const [index, span] of marks.entries()) span.classList.toggle("is-read", index === n);
  part("caption").textContent = marks[n]?.textContent ?? "";
  marks[n]?.scrollIntoView({ block: "nearest" });
}

function author(reply) {
  if (reply.author !== "lawyer" && !reply.reviewed) return null;
  return el("p", "k-author status in-force", icon("check"), reply.author === "lawyer" ? "律师答复" : "律师已审核");
}

function linesOf(name, sentences, marks) {
  const lines = new Map();
  sentences.forEach((one, n) => {
    if (one.part === name) lines.set(one.line, [...(lines.get(one.line) ?? []), marks[n]]);
  });
  return [...lines.values()];
}

function section(name, lines, reply) {
  const [title, mark] = TITLES[name] ?? [];
  const head = title && el("h2", "", icon(mark), title);
  if (name === "numbers") return el("section", "", head, ...lines.map((line) => el("p", "k-number", icon("phone"), ...line)));
  if (name === "laws") return el("section", "", head, ...lines.map((line, n) => law(line, reply.citations[n])));
  if (LISTS[name]) return el("section", "", head, el(LISTS[name], "", ...lines.map((line) => el("li", "", ...line))));
  const small = name === "label" || name === "notices" ? "k-line k-fine" : "k-line";
  return el("section", name === "held" ? "k-held" : "", head, ...lines.map((line) => el("p", small, ...line)));
}

function law(line, cited) {
  return el(
    "details",
    "k-law",
    el("summary", "", icon("right", "turn"), ...line, lawStatus(cited.status)),
    el("div", "law-text", cited.chapter && el("p", "law-chapter", cited.chapter), ...lawLines(cited.text)),
  );
}

/** What to say next, papers the machine can write, calculators: one press each. */
function nexts(reply) {
  const said = (reply.suggestions ?? []).map(({ title, text }) => {
    const next = button("k-button", title, () => {}, "right");
    next.dataset.ask = text;
    return next;
  });
  const ways = (reply.links ?? []).map((link) => paper(link) ?? sum(link)).filter(Boolean);
  return said.length + ways.length ? el("div", "k-nexts", ...ways, ...said) : null;
}

function paper({ title, url }) {
  const [, kind, from] = /^\/papers\/new\/([a-z_]+)(?:\?from=([0-9a-f]{32}))?$/.exec(url) ?? [];
  if (!kind) return null;
  const way = button("k-button", title, () => {}, "pen");
  Object.assign(way.dataset, { paper: kind, from: from ?? "" });
  return way;
}

function sum({ title, url }) {
  const [, name] = /^\/tools\/([a-z_]+)$/.exec(url) ?? [];
  if (!name) return null;
  const way = button("k-button", title, () => {}, "right");
  way.dataset.sum = name;
  return way;
}
