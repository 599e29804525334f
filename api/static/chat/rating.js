// One press rates an answer (一事一评). templates/partials/rating.html draws the same row.

import { button, el } from "./dom.js";
import { postRating } from "./net.js";
import { t } from "./words.js";

const GRADES = { very_good: t("非常满意"), good: t("满意"), fair: t("一般"), bad: t("不满意") };
const REASONS = {
  unclear: t("看不懂"),
  off_topic: t("答非所问"),
  wrong: t("说得不对"),
  unsolved: t("问题没解决"),
};

/** The row under an answer; after a poor grade it asks why, which nobody must say. */
export function rating(reply) {
  const said = el("p", "rate-said small");
  said.setAttribute("role", "status");
  const why = el("div", "grades why-bad");
  why.hidden = true;
  const chosen = new Set();
  let grade = reply.grade;

  async function send(next) {
    said.textContent = t("正在送出……");
    try {
      const kept = await postRating(reply, next, [...chosen]);
      grade = next;
      said.textContent = kept.message;
      mark(grades, (name) => name === grade);
      why.hidden = !["bad", "fair"].includes(grade);
    } catch (error) {
      said.textContent = error.status ? error.message : t("没送出去，请再点一次。");
    }
  }

  function because(name) {
    if (!chosen.delete(name)) chosen.add(name);
    mark(why, (one) => chosen.has(one));
    send(grade);
  }

  const grades = el("div", "grades", ...presses(GRADES, send));
  why.append(el("span", "small", t("哪里不好？（可以不选）")), ...presses(REASONS, because));
  if (grade) mark(grades, (name) => name === grade);
  const row = el("div", "rate", el("span", "rate-asks", t("这次答复您满意吗？")), grades, why, said);
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", t("评价这次答复"));
  return row;
}

function presses(names, onPress) {
  return Object.entries(names).map(([name, words]) => {
    const press = button("", words, () => onPress(name));
    press.dataset.name = name;
    press.setAttribute("aria-pressed", "false");
    return press;
  });
}

function mark(row, isOn) {
  for (const press of row.querySelectorAll("button")) {
    press.setAttribute("aria-pressed", String(isOn(press.dataset.name)));
  }
}
