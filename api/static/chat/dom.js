// Elements made from data. Words from people and from the server only ever become text nodes.

import { chinese, t } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

/** el("p", "small", "文字", node, …): falsy children are left out. */
export function el(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children.filter(Boolean));
  return node;
}

export function icon(name, className = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon ${className}`.trim());
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/static/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

export function button(className, label, onPress, mark) {
  const node = el("button", className, mark && icon(mark), label);
  node.type = "button";
  if (onPress) node.addEventListener("click", onPress);
  return node;
}

export function tel(number, className = "tel", ...before) {
  const link = el("a", className, icon("phone"), ...before, el("b", "", number));
  link.href = `tel:${number}`;
  return link;
}

// Public service lines only: any other run of digits may be an amount or a date.
const LINE = /\b(12348|12333|12338|12345|12355|12356|12315|12366|12368|12393|12122|96110)\b/;

/** The text with its public service numbers made diallable. */
export function withNumbers(text) {
  return text.split(LINE).map((piece) => (LINE.test(piece) ? tel(piece) : piece));
}

export function paragraphs(text) {
  return text
    .split(/\n+/)
    .filter((line) => line.trim())
    .map((line) => said("p", line, (words) => [words]));
}

/** Words of the server: the fixed ones in the page's language, all others as they are, in Chinese. */
export function said(tag, words, draw = withNumbers) {
  const own = t(words);
  const node = el(tag, "", ...draw(own));
  return own === words ? chinese(node) : node;
}

/** Whether a law's text is in force, in words and a sign; colour only repeats it. */
export function lawStatus(status) {
  const inForce = status === "现行有效";
  return el("span", `status ${inForce ? "in-force" : "not-in-force"}`, icon(inForce ? "check" : "alert"), t(status));
}

/** An article's own lines; its numbered items stand in. */
export const lawLines = (text) =>
  text.split("\n").map((line) => chinese(el("p", line.startsWith("（") ? "item" : "", line)));

/** Put words on the clipboard; true when they are there. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyTheOldWay(text); // no clipboard API on plain http, as in many county networks
  }
}

function copyTheOldWay(text) {
  const field = el("textarea", "hide");
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
