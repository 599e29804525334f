// One Reply drawn for reading. templates/partials/reply.html draws the same parts with the same class names.

import { button, copy, el, icon, lawLines, lawStatus, paragraphs, tel, withNumbers } from "./dom.js";
import { photo } from "./photo.js";
import { rating } from "./rating.js";
import { dateWords } from "./time.js";

const MACHINE_LABEL = "本回复由人工智能生成，仅供参考。";

/** Answers long enough to be worth keeping or passing on. */
const WORTH_COPYING = ["release", "hold", "urgent"];

/** What kind of answer this is, in words and a sign; colour only repeats it. */
const DECISIONS = {
  hold: ["clock", "已转律师复核"],
  urgent: ["alert", "情况紧急，请先打电话"],
  clarify: ["ask", "想再问您一句"],
  out_of_scope: ["info", "这件事不在法律服务范围内"],
};

function part(name, title, mark, lines, list = "ul") {
  if (!lines?.length) return null;
  const items = lines.map((line) => el("li", "", ...withNumbers(line)));
  return el("section", `part ${name}`, el("h3", "", icon(mark), title), el(list, "", ...items));
}

function citation(law) {
  const since = law.valid_from && el("span", "", `${dateWords(law.valid_from)}起施行`);
  const node = el(
    "details",
    "law",
    el(
      "summary",
      "",
      icon("right", "turn"),
      el("span", "law-ref", law.ref),
      el("span", "law-facts", lawStatus(law.status), since),
    ),
    el(
      "div",
      "law-text",
      law.chapter && el("p", "law-chapter", law.chapter),
      ...lawLines(law.text),
      law.version && el("p", "law-version", `${dateWords(law.version)}公布的文本`),
    ),
  );
  Object.assign(node.dataset, { law: law.law, article: law.article });
  return node;
}

function laws(citations) {
  if (!citations?.length) return null;
  return el("section", "part laws", el("h3", "", icon("book"), "法律依据"), ...citations.map(citation));
}

/** Right under a long answer: on what law it stands, one press away from the text. */
function basis(reply) {
  const [first] = reply.citations ?? [];
  if (!first || !reply.steps?.length) return null;
  const more = reply.citations.length > 1 ? `等${reply.citations.length}条` : "";
  return button(
    "basis",
    `依据${first.ref.replace("中华人民共和国", "")}${more}`,
    (event) => {
      event.target.closest(".sheet").querySelector(".law summary").click();
    },
    "book",
  );
}

function copyButton(label, text, name = label) {
  const words = el("span", "", label);
  const press = button(
    "copy",
    words,
    async () => {
      words.textContent = (await copy(text)) ? "已复制" : "没复制上，请长按选中";
      press.removeAttribute("aria-label"); // so that a screen reader hears the outcome
      setTimeout(() => (words.textContent = label), 2_500);
    },
    "copy",
  );
  if (name !== label) press.setAttribute("aria-label", name);
  return press;
}

/** A case opened for a lawyer: its number, by when, and why. */
function held(reply) {
  const why = reply.why_held?.map((line) => el("li", "", line)) ?? [];
  return el(
    "div",
    "held",
    heading("hold"),
    reply.reference &&
      el("p", "ref", "编号 ", el("b", "", reply.reference), copyButton("复制", reply.reference, "复制编号")),
    reply.promise && el("p", "promise", ...withNumbers(reply.promise)),
    reply.reference && reply.conversation && photo(reply.conversation),
    why.length > 0 && el("div", "why", "为什么要律师看：", el("ul", "", ...why)),
  );
}

function heading(decision) {
  const [mark, words] = DECISIONS[decision] ?? [];
  return words && el("p", "said-why", icon(mark), words);
}

function numbers(list) {
  if (!list?.length) return null;
  const calls = list.map(({ label, number }) => tel(number, "number", el("span", "", label)));
  return el("div", "numbers", ...calls);
}

function tips(lines) {
  if (!lines?.length) return null;
  return el(
    "ul",
    "tips",
    ...lines.map((line) => el("li", "", icon("info"), el("span", "", ...withNumbers(line)))),
  );
}

/** Pages of ours where the resident goes on: a form to fill, a paper to print. */
function links(list) {
  if (!list?.length) return null;
  const ways = list.map(({ title, url }) => {
    const way = el("a", "quiet-button way", icon("right"), title);
    way.href = url;
    return way;
  });
  return el("p", "ways", ...ways);
}

function wantPicture(from, reply) {
  from.dispatchEvent(new CustomEvent("picture", { bubbles: true, detail: reply }));
}

function foot(reply) {
  const label = reply.label || (reply.author === "machine" && MACHINE_LABEL);
  const human = reply.human && el("span", "human", ...withNumbers(reply.human));
  const keep = (reply.author === "lawyer" || WORTH_COPYING.includes(reply.decision)) && [
    button("copy aloud", "念给我听", undefined, "sound"),
    copyButton("复制这条答复", reply.reply),
    button("copy", "存成图片", (event) => wantPicture(event.target, reply), "picture"),
  ];
  return el("div", "foot", el("p", "", label, human), keep && el("p", "keeps", ...keep));
}

/** The body of an answer, for log.js to put under its author line. */
export function sheet(reply) {
  const fromLawyer = reply.author === "lawyer";
  const opened = !fromLawyer && (reply.reference || reply.promise) && held(reply);
  const first = reply.decision === "hold"; // waiting is the news; in danger the numbers are
  return el(
    "div",
    "sheet",
    !first && !fromLawyer && heading(reply.decision),
    numbers(reply.numbers),
    first && opened,
    fromLawyer && reply.reference && el("p", "re small", `答复您的问题 ${reply.reference}`),
    el("div", "answer", ...paragraphs(reply.answer || reply.reply)),
    basis(reply),
    !first && opened,
    part("steps", "下一步", "steps", reply.steps, "ol"),
    part("materials", "要带的材料", "bag", reply.materials),
    part("deadlines", "时限", "calendar", reply.deadlines),
    part("where", "去哪里办", "pin", reply.where),
    laws(reply.citations),
    links(reply.links),
    tips(reply.notices),
    reply.decision === "smalltalk" ? null : foot(reply),
    reply.rateable && rating(reply),
  );
}

/** What the resident may say next, one press each. */
export function nexts(suggestions) {
  if (!suggestions?.length) return null;
  const buttons = suggestions.map(({ title, text }) => {
    const next = el("button", "next", title);
    next.type = "button";
    next.dataset.send = text;
    return next;
  });
  return el("div", "nexts", ...buttons);
}
