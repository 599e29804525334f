// A calculator at the kiosk: its facts in large fields, the result on the screen and read aloud.

import { el, icon } from "../chat/dom.js";
import { part, show } from "./dom.js";
import { request } from "./session.js";

const TYPED = { date: "date" };
const PAD = ["money", "number", "whole"];

/** @param use {back(), say(prompt), read(sentences), print(address, name, told)} */
export function createSums(use) {
  let rule = null;
  let told = []; // what the result on the screen was made of

  function clear() {
    told = [];
    part("sum-made").replaceChildren();
    part("sum-print").hidden = true;
  }

  async function open(name) {
    part("sum-says").textContent = "";
    clear();
    try {
      rule = await request(`/api/v1/rules/${name}`);
    } catch (error) {
      part("sum-title").textContent = error.message;
      rule = null;
    }
    part("sum-own").replaceChildren(...(rule?.inputs ?? []).map(field));
    part("sum-work").hidden = !rule;
    if (rule) part("sum-title").textContent = `${rule.title}：${use.say("sum")}`;
    show("sum", part("sum-scroll"));
    part("sum-scroll").scrollTop = 0;
  }

  function field({ name, label, unit, kind, required, help, choices }) {
    const given = kind === "yes_no" ? { 是: "是", 否: "否" } : choices;
    const input = Object.keys(given).length ? chooser(given) : typed(kind);
    Object.assign(input, { id: `s-${name}`, name, autocomplete: "off" });
    const words = el("span", "", label, unit && `（${unit}）`, !required && el("span", "k-hint", "（可以不填）"));
    const box = el("label", "", words, help && el("span", "k-hint", help), input);
    box.htmlFor = input.id;
    return box;
  }

  function chooser(given) {
    const options = Object.entries({ "": "请选择", ...given }).map(([value, words]) => new Option(words, value));
    return el("select", "k-input", ...options);
  }

  function typed(kind) {
    const input = el("input", "k-input");
    input.type = TYPED[kind] ?? "text";
    if (PAD.includes(kind)) input.inputMode = "decimal";
    return input;
  }

  async function work() {
    part("sum-says").textContent = "";
    clear();
    told = [...new FormData(part("sum-fields"))].filter(([, value]) => value.trim());
    try {
      draw(await request(`/api/v1/rules/${rule.name}`, { facts: Object.fromEntries(told) }));
    } catch (error) {
      part("sum-says").textContent = error.message;
      use.read([{ says: error.message }]);
    }
  }

  function draw({ summary, figures, citations, unheld, uncertain }) {
    const laws = [...citations.map(({ ref }) => ref), ...unheld];
    const lines = figures.map(({ label, shown, formula }) =>
      el("p", "k-figure", `${label}：`, el("b", "", shown), formula && el("span", "k-hint", formula)),
    );
    part("sum-made").replaceChildren(
      el("h2", "", icon("check"), "算出来了"),
      el("p", "", summary),
      ...lines,
      ...uncertain.map((line) => el("p", "k-hint", line)),
      el("p", "k-hint", `依据：${laws.join("；")}`),
      el("p", "k-hint", "算出来的数供您参考，不是律师意见。"),
    );
    part("sum-print").hidden = false;
    part("sum-made").scrollIntoView();
    use.read([{ says: summary }, ...figures.map(({ label, shown }) => ({ says: `${label}，${shown}` }))]);
  }

  part("sum-fields").addEventListener("submit", (event) => event.preventDefault());
  part("sum-work").addEventListener("click", work);
  part("sum-print").addEventListener("click", () => use.print(`/kiosk/sum/${rule.name}`, rule.title, told));
  part("sum-back").addEventListener("click", use.back);
  return {
    open,
    forget() {
      rule = null;
      told = [];
    },
  };
}
