// The case page: the lease kept alive, words saved while they are written, changes shown at once.

import { wireChips } from "./chips.js";
import { wireKeys } from "./keys.js";
import { follow, say, WHAT } from "./live.js";
import { call } from "./net.js";
import { wireUndo } from "./undo.js";

const page = document.getElementById("main");
const number = page.dataset.case;
const answer = document.getElementById("answer");
const saved = document.querySelector("[data-saved]");
const RENEW = 30_000; // ms; a lease lasts two minutes
const SAVE = 1_500;
let timer = 0;
let leaving = false;

async function save() {
  try {
    await call("PUT", `/${number}/working`, { text: answer.value });
    saved.textContent = "已保存";
  } catch (error) {
    saved.textContent = `没保存：${error.message}`;
  }
}

function changed() {
  saved.textContent = "";
  clearTimeout(timer);
  timer = setTimeout(save, SAVE);
}

/** Put words where the cursor is, a citation in the middle of a sentence or a paragraph of its own. */
function insert(text) {
  const start = answer.selectionStart;
  const alone = text.length > 60 && start > 0 && answer.value[start - 1] !== "\n";
  answer.setRangeText(alone ? `\n${text}` : text, start, answer.selectionEnd, "end");
  answer.dispatchEvent(new Event("input"));
  answer.focus();
}

function wireAnswer() {
  const verify = wireChips(answer, document.getElementById("chips"));
  answer.addEventListener("input", changed);
  verify();
  document.getElementById("decide").addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
  });
  document.addEventListener("click", (event) => {
    const text = event.target.closest("[data-insert]")?.dataset.insert;
    if (text) insert(text);
  });
  document.getElementById("look-up").addEventListener("submit", lookUp);
}

async function lookUp(event) {
  event.preventDefault();
  const words = document.getElementById("look").value.trim();
  const list = document.getElementById("candidates");
  try {
    const found = await call("GET", `/${number}/candidates?words=${encodeURIComponent(words)}`);
    list.replaceChildren(...found.map(candidate));
  } catch (error) {
    say(error.message);
  }
}

function candidate(found) {
  const item = document.createElement("li");
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = found.verdict === "ok" ? found.ref : `${found.ref}（${found.verdict_name}）`;
  const content = document.createElement("p");
  content.className = "words law-words";
  content.textContent = found.content;
  details.append(summary, content);
  const press = document.createElement("button");
  press.type = "button";
  press.className = "link-button";
  press.dataset.insert = found.ref;
  press.textContent = "插入";
  item.append(details, press);
  return item;
}

async function renew() {
  try {
    await call("POST", `/${number}/renew`);
  } catch (error) {
    say(error.message);
  }
}

/** Words in the box are never thrown away by somebody else's step. */
function unsaved() {
  return answer !== null && answer.value !== answer.defaultValue;
}

async function onCase(event) {
  if (String(event.case) !== number || leaving) return;
  const what = `${event.by}${WHAT[event.action] ?? ""}`;
  if (event.mine && event.version <= Number(page.dataset.version)) return;
  if (unsaved() && event.action !== "take_over") {
    await save();
    say(`${what}。您写的已保存，请看过再发。`);
    if (event.action === "told") await refreshTalk(event.version);
    return;
  }
  location.reload();
}

/** The resident's new words beside the answer being written. */
async function refreshTalk(version) {
  const response = await fetch(location.href, { credentials: "same-origin" });
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const talk = fresh.querySelector(".talk");
  if (talk) document.querySelector(".talk").replaceWith(document.adoptNode(talk));
  for (const field of document.querySelectorAll("[data-version-field]")) field.value = version;
  page.dataset.version = version;
}

if (answer) wireAnswer();
if (page.dataset.mine) setInterval(renew, RENEW);
wireUndo(document.querySelector(".undo"));
follow(onCase);
wireKeys();
