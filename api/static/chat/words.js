// What the page says, in its language. Chinese is the key; a page in another language brings the words as data.

const block = document.getElementById("catalogue");
const known = block ? JSON.parse(block.textContent) : {};

export const language = document.documentElement.lang;

/** t("还能写{left}个字", { left: 3 }): the words in the page's language, Chinese where there are none. */
export const t = (words, values = {}) =>
  Object.entries(values).reduce((said, [name, value]) => said.replaceAll(`{${name}}`, () => value), known[words] ?? words);

/** Mark what stays Chinese on a page in any language: law, answers, names. */
export function chinese(node) {
  if (node && language !== "zh-CN") node.lang = "zh-CN";
  return node;
}
