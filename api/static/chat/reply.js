// One Reply drawn for reading. templates/partials/reply.html draws the same parts with the same class names.

import { button, copy, el, icon, lawLines, lawStatus, paragraphs, said, tel } from "./dom.js";
import { photo } from "./photo.js";
import { rating } from "./rating.js";
import { dateWords } from "./time.js";
import { chinese, t } from "./words.js";

const MACHINE_LABEL = "本回复由人工智能生成，仅供参考。";

/** Answers long enough to be worth keeping or passing on. */
const WORTH_COPYING = ["release", "hold", "urgent"];

/** What kind of answer this is, in words and a sign; colour only repeats it. */
const DECISIONS = {
  hold: ["clock", t("已转律师复核")],
  urgent: ["alert", t("情况紧急，请先打电话")],
  clarify: ["ask", t("想再问您一句")],
  out_of_scope: ["info", t("这件事不在法律服务范围内")],
};

function part(name, title, mark, lines, list = "ul") {
  if (!lines?.length) return null;
  const items = lines.map((line) => said("li", line));
  return el("section", `part ${name}`, el("h3", "", icon(mark), title), el(list, "", ...items));
}

function citation(law) {
  const since = law.valid_from && el("span", "", t("{day}起施行", { day: dateWords(law.valid_from) }));
  const until = law.valid_until && el("span", "", t("{day}起不再适用", { day: dateWords(law.valid_until) }));
  const node = el(
    "details",
    "law",
    el(
      "summary",
      "",
      icon("right", "turn"),
      chinese(el("span", "law-ref", law.ref)),
      el("span", "law-facts", lawStatus(law.status), since, until),
    ),
    el(
      "div",
      "law-text",
      law.chapter && chinese(el("p", "law-chapter", law.chapter)),
      ...lawLines(law.text),
      law.version && el("p", "law-version", t("{day}公布的文本", { day: dateWords(law.version) })),
    ),
  );
  Object.assign(node.dataset, { law: law.law, article: law.article });
  return node;
}

function laws(citations) {
  if (!citations?.length) return null;
  return el("section", "part laws", el("h3", "", icon("book"), t("法律依据")), ...citations.map(citation));
}

/** Right under a long answer: on what law it stands, one press away from the text. */
function basis(reply) {
  const [first] = reply.citations ?? [];
  if (!first || !reply.steps?.length) return null;
  const more = reply.citations.length > 1 ? t("等{count}条", { count: reply.citations.length }) : "";
  return button(
    "basis",
    t("依据{law}{more}", { law: first.ref.replace("中华人民共和国", ""), more }),
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
      words.textContent = (await copy(text)) ? t("已复制") : t("没复制上，请长按选中");
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
  const why = reply.why_held?.map((line) => said("li", line)) ?? [];
  return el(
    "div",
    "held",
    heading("hold"),
    reply.reference &&
      el("p", "ref", t("编号"), " ", el("b", "", reply.reference), copyButton(t("复制"), reply.reference, t("复制编号"))),
    reply.promise && el("p", "promise", said("span", reply.promise)),
    reply.reference && reply.conversation && photo(reply.conversation),
    reply.reference && reply.conversation && tellMe(reply.conversation),
    why.length > 0 && el("div", "why", t("为什么要律师看："), el("ul", "", ...why)),
  );
}

/** To the page where one chooses how to be told of the answer. */
function tellMe(conversation) {
  const way = el("a", "quiet-button", icon("mobile"), t("律师答复后通知我"));
  way.href = `/contact/${conversation}`;
  return el("p", "ways", way);
}

function heading(decision) {
  const [mark, words] = DECISIONS[decision] ?? [];
  return words && el("p", "said-why", icon(mark), words);
}

function numbers(list) {
  if (!list?.length) return null;
  const calls = list.map(({ label, number }) => tel(number, "number", el("span", "", t(label))));
  return el("div", "numbers", ...calls);
}

function tips(lines) {
  if (!lines?.length) return null;
  return el(
    "ul",
    "tips",
    ...lines.map((line) => el("li", "", icon("info"), said("span", line))),
  );
}

/** Pages of ours where the resident goes on: a form to fill, a paper to print. */
function links(list) {
  if (!list?.length) return null;
  const ways = list.map(({ title, url }) => {
    const way = el("a", "quiet-button way", icon("right"), said("span", title));
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
  const human = reply.human && el("span", "human", said("span", reply.human));
  const keep = (reply.author === "lawyer" || WORTH_COPYING.includes(reply.decision)) && [
    button("copy aloud", t("念给我听"), undefined, "sound"),
    copyButton(t("复制这条答复"), reply.reply),
    button("copy", t("存成图片"), (event) => wantPicture(event.target, reply), "picture"),
  ];
  return el("div", "foot", el("p", "", label && said("span", label), human), keep && el("p", "keeps", ...keep));
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
    fromLawyer && reply.reference && el("p", "re small", `${t("答复您的问题")} ${reply.reference}`),
    el("div", "answer", ...paragraphs(reply.answer || reply.reply)),
    basis(reply),
    !first && opened,
    part("steps", t("下一步"), "steps", reply.steps, "ol"),
    part("materials", t("要带的材料"), "bag", reply.materials),
    part("deadlines", t("时限"), "calendar", reply.deadlines),
    part("where", t("去哪里办"), "pin", reply.where),
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
    const next = el("button", "next", said("span", title));
    next.type = "button";
    next.dataset.send = text;
    return next;
  });
  return el("div", "nexts", ...buttons);
}
