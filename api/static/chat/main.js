// The resident's chat page: how the parts beside this file work together.

import { createComposer } from "./composer.js";
import { ask, askNotice, wireMenu, wirePrint } from "./dialogs.js";
import { button, el, icon } from "./dom.js";
import { createLog } from "./log.js";
import { wireAloud } from "./aloud.js";
import { wireLaw } from "./law.js";
import { follow, history } from "./net.js";
import { createOutbox } from "./outbox.js";
import * as store from "./store.js";
import { wireVoice } from "./voice.js";
import { t } from "./words.js";

const page = document.getElementById("page");
const typing = document.getElementById("typing");
const banner = document.getElementById("banner");
const newer = document.getElementById("newer");
const title = document.title;

let waiting = 0; // messages being answered
let patience = 0;
let unreadNode = null;
let asked = false; // whether the last answer asks what was meant
let stopFollowing = null;

const log = createLog(document.getElementById("log"), (node) => {
  unreadNode = node;
  newer.hidden = node === null;
  newer.lastChild.textContent = node?.classList.contains("by-lawyer") ? t("律师答复了") : t("有新答复");
});

const outbox = createOutbox({
  sending: (entry) => {
    log.sending(entry);
    wait(+1);
  },
  stage: (words) => typing.lastChild && (typing.lastChild.textContent = words),
  sent: (entry, reply) => {
    wait(-1);
    log.sent(entry);
    if (reply.decision === "silent") log.received(entry);
    receive({ id: reply.id, author: reply.author, text: reply.reply, created_at: reply.created_at, reply });
    keepFollowing();
  },
  failed: (entry, message) => {
    wait(-1);
    log.failed(entry, message, () => {
      outbox.send(entry);
      composer.rest();
    });
    keepFollowing();
  },
  refused: (entry, message) => {
    wait(-1);
    log.takeBack(entry);
    composer.giveBack(entry.text, message);
    showTalk();
  },
});

const composer = createComposer(Number(page.dataset.maxChars), say);

/**
 * Send words; false when they have to stay where they are, until the notice is agreed to.
 * @param spoken of words heard aloud: the speaker's region, "" where none was chosen
 */
function say(text, spoken) {
  if (!store.noticeSeen()) {
    askNotice().then((agreed) => agreed && composer.submit());
    return false;
  }
  const entry = outbox.add(text, spoken);
  store.noteTalk(text);
  showTalk(true);
  log.write(entry);
  outbox.send(entry);
  return true;
}

/** Words behind a button, which may vanish when pressed: the focus goes where one writes. */
function sayFor(text, spoken) {
  if (!store.noticeSeen()) return askNotice().then((agreed) => agreed && sayFor(text, spoken));
  say(text, spoken);
  composer.rest();
}

/** One message from the server, by whichever road. A silent reply has no words of its own. */
function receive(item, how) {
  if (item.author !== "resident" && !item.text.trim()) return;
  const isNew = log.place(item, how);
  if (isNew && item.author !== "resident") asked = item.reply?.ways?.length > 0;
  if (isNew && document.hidden && item.author === "lawyer") document.title = `${t("律师答复了")} · ${title}`;
}

function wait(change) {
  waiting += change;
  clearTimeout(patience);
  if (waiting <= 0) return typing.replaceChildren();
  if (!typing.firstChild)
    typing.append(el("span", "dots", el("i"), el("i"), el("i")), el("span", "", t("正在送出去")));
  patience = setTimeout(() => (typing.lastChild.textContent = t("还在查，请再等一会儿")), 6_000);
}

function showTalk(on = !log.isEmpty()) {
  document.documentElement.classList.toggle("has-talk", on);
}

function keepFollowing() {
  // An open line means the server is back: whatever is unsent goes now.
  stopFollowing ??= follow(store.conversation(), log.lastId, (item) => receive(item), outbox.flush);
}

function showBanner(...content) {
  banner.replaceChildren(...content);
}

function showConnection() {
  if (navigator.onLine) return showBanner();
  showBanner(icon("offline"), el("span", "", t("现在没有网。您写的话存在这台设备上，连上网会自动发出。")));
}

/** Put the past back, then what never arrived, then listen. */
async function restore() {
  const conversation = store.conversation();
  if (!conversation) return;
  log.busy(true);
  try {
    for (const item of await history(conversation, log.lastId())) receive(item, { quietly: true });
    showConnection();
  } catch {
    showBanner(icon("offline"), button("", t("之前的对话没取到，点这里再试"), restore));
  }
  for (const entry of store.unsent()) log.write(entry);
  const known = store.talks().some((talk) => talk.id === conversation);
  if (!known && !log.isEmpty()) store.noteTalk(log.firstWords());
  log.busy(false);
  showTalk();
  log.showLast();
  if (!log.isEmpty()) keepFollowing();
  outbox.flush();
}

function leave() {
  stopFollowing?.();
  stopFollowing = null;
  store.forgetConversation();
  log.clear();
  composer.clear();
  law.close();
  showTalk();
  window.scrollTo({ top: 0 });
}

async function startAfresh() {
  if ((await ask("fresh")) === "yes") leave();
}

/** Talks of before, kept on this device; going back to one leaves the present one. */
async function showTalks() {
  const { chooseTalk } = await import("./talks.js");
  const id = await chooseTalk();
  const here = store.conversation();
  const gone = here && !store.talks().some((talk) => talk.id === here);
  if (gone || (id && id !== here)) leave();
  if (!id || id === here) return;
  store.returnTo(id);
  restore();
}

async function savePicture(reply) {
  const { picture } = await import("./picture.js");
  await picture(reply, page.dataset);
}

document.addEventListener("click", (event) => {
  const text = event.target.closest("[data-send]")?.dataset.send;
  if (!text) return;
  event.preventDefault(); // without script the button sends its form
  sayFor(text);
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) document.title = title;
});
newer.addEventListener("click", () => unreadNode && log.show(unreadNode));
window.addEventListener("offline", showConnection);
window.addEventListener("online", () => {
  showConnection();
  outbox.flush();
});

const law = wireLaw(document.getElementById("log"));
wireAloud(document.getElementById("log"));
document.getElementById("log").addEventListener("picture", (event) => savePicture(event.detail));
wireVoice(sayFor, () => asked);
window.addEventListener("resize", composer.fit);
wirePrint();
wireMenu({ restart: startAfresh, talks: showTalks, print: () => window.print(), about: askNotice });
showConnection();
restore();
if (!store.noticeSeen()) askNotice();
