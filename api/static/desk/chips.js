// Every citation of the text as a chip that says whether it holds, while one types.

import { call } from "./net.js";

const PAUSE = 500; // ms without a key
const SVG = "http://www.w3.org/2000/svg";

function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/static/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

function chip(found) {
  const holds = found.verdict === "ok";
  const item = document.createElement("li");
  item.className = `chip ${holds ? "ok" : "bad"}`;
  item.title = found.reason || found.content;
  const verdict = document.createElement("b");
  verdict.textContent = found.verdict_name;
  item.append(icon(holds ? "check" : "alert"), `${found.text} `, verdict);
  return item;
}

export function wireChips(field, list) {
  let timer = 0;
  let asked = 0;

  async function verify() {
    const mine = ++asked;
    try {
      const findings = await call("POST", "/citations", { text: field.value });
      const once = new Map(findings.map((found) => [`${found.text} ${found.verdict}`, found]));
      if (mine === asked) list.replaceChildren(...[...once.values()].map(chip));
    } catch {
      list.replaceChildren(); // the sending itself verifies again
    }
  }

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(verify, PAUSE);
  };
  field.addEventListener("input", later);
  return later;
}
