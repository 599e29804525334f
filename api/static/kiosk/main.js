// The kiosk: how the parts beside this file work together.

import { draw, mark } from "./answer.js";
import { follow } from "../chat/net.js";
import { watchConnection } from "./connection.js";
import { keepInTouch } from "./device.js";
import { part, show, shown } from "./dom.js";
import { startFresh, wipeBrowser, wipePage } from "./forget.js";
import { createHearing } from "./hear.js";
import { watchIdle } from "./idle.js";
import { wireKeys } from "./keys.js";
import { createPapers } from "./paper.js";
import { createCalling } from "./person.js";
import { createPrinting } from "./printing.js";
import { asReply, createPocket } from "./pocket.js";
import { ask, handoverPicture, renew, sentencesOf, session, Unreachable } from "./session.js";
import { createSpeaker } from "./speaker.js";
import { createSums } from "./sum.js";

const main = part("main");
const prompts = JSON.parse(part("prompts").textContent);
let marks = [];
let stopFollowing = null;
let touched = false; // something was written that has to be forgotten

const PLAY = { reading: ["停一下", "pause"], paused: ["接着念", "play"], silent: ["念一遍", "play"] };

const speaker = createSpeaker({
  mark: (n) => shown() === "answer" && mark(marks, n),
  state: (state) => {
    const [label, sign] = PLAY[state];
    part("pause").querySelector("span").textContent = label;
    part("pause").querySelector("use").setAttribute("href", `/static/icons.svg#${sign}`);
  },
  dumb: () => (part("caption").textContent = "这台机器现在念不出声，请看上面的字。"),
});

/** Say one of the kiosk's own sentences; returns its words for the screen. */
function say(name, { quietly = false } = {}) {
  if (!quietly) speaker.read([{ says: prompts[name].says, url: `/api/v1/spoken/${name}` }]);
  return prompts[name].text;
}

const hearing = createHearing({ say, hush: speaker.stop, ask: put, asked: () => session.last?.ways?.length > 0 });

const printing = createPrinting({
  say,
  slip: (roll) => `/kiosk/slip/${session.conversation}/${session.last.id}?roll=${roll}`,
  back: () => show("answer", part("print")),
});

/** Back to the answer, or to the beginning while there is none. */
const leaveForm = () => (session.last ? show("answer", part("print")) : home());

const papers = createPapers({
  say,
  print: printing.sheet,
  back: leaveForm,
});

const sums = createSums({ say, read: speaker.read, back: leaveForm, print: printing.sum });

const callPerson = createCalling({
  say,
  conversation: () => (session.talked ? session.conversation : ""),
  back: leaveForm,
});

const pocket = createPocket({ pick: (entry, made) => (connection.lost() ? fromPocket(entry, made) : put(entry.question)) });

const connection = watchConnection({
  lost() {
    if (shown() === "start") say("offline");
  },
  back: () => (session.talked ? say("online") : startFresh()),
});

function browse(words = "") {
  hearing.cancel();
  speaker.stop();
  touched = true;
  show("offline", part("find"));
  pocket.open(words);
}

/** An answer out of the machine itself: it can be read, not printed and not taken along. */
function fromPocket(entry, made) {
  const { reply, sentences } = asReply(entry, made);
  part("asked").textContent = entry.question;
  show("answer", main);
  answer(reply, sentences);
  part("actions").hidden = true;
}

async function put(text, spoken) {
  hearing.cancel();
  if (connection.lost()) return browse(text);
  const conversation = session.conversation;
  part("asked").textContent = text;
  waitFor("wait");
  show("answer", main);
  say("wait");
  try {
    const { reply, sentences } = await ask(text, stage, spoken);
    if (conversation !== session.conversation) return; // somebody else stands here now
    answer(reply, sentences);
    keepListening(reply.id);
  } catch (error) {
    if (conversation !== session.conversation) return;
    if (error instanceof Unreachable) {
      await connection.look();
      if (connection.lost()) return browse(text);
    }
    part("failed-says").textContent = error.message;
    waitFor("failed");
    part("retry").focus();
    say("failed");
  }
}

/** What the server is doing, in its own words. */
function stage(words) {
  part("waiting").lastElementChild.textContent = words;
}

/** wait: the dots; failed: what went wrong; ready: the answer with its buttons. */
function waitFor(step) {
  if (step === "wait") stage(prompts.wait.text);
  part("answer").dataset.step = step;
  part("waiting").hidden = step !== "wait";
  part("failed").hidden = step !== "failed";
  for (const id of ["sheet", "player", "actions"]) part(id).hidden = step !== "ready";
}

function answer(reply, sentences) {
  if (reply.decision === "silent") sentences = [{ part: "answer", line: 0, text: "已经转给律师，律师看着呢。", says: "已经转给律师。" }];
  waitFor("ready");
  marks = draw(reply, sentences, (n) => speaker.read(sentences, n));
  if (session.last) part("qr-picture").src = handoverPicture();
  part("print").focus({ preventScroll: true });
  speaker.read(sentences);
}

/** While the person waits: what a lawyer or the desk writes comes onto the screen, and is read. */
function keepListening(after) {
  stopFollowing ??= follow(session.conversation, () => after, (item) => {
    after = Math.max(after, item.id);
    if (item.author === "lawyer" && item.reply) news(item);
  }, () => null);
}

async function news(item) {
  if (hearing.listening() || !["answer", "start"].includes(shown())) return;
  const conversation = session.conversation;
  const reply = { ...item.reply, id: item.id };
  const sentences = await sentencesOf(reply).catch(() => null);
  if (!sentences || conversation !== session.conversation) return;
  session.last = reply;
  show("answer", main);
  answer(reply, sentences);
}

function home() {
  hearing.cancel();
  show("start", main);
  say("start");
}

/** The person leaves, or has left: nothing of them stays. */
async function forget() {
  hearing.cancel();
  speaker.stop();
  stopFollowing?.();
  stopFollowing = null;
  renew();
  papers.forget();
  sums.forget();
  marks = [];
  wipePage();
  show("start", main);
  touched = false;
  await wipeBrowser();
  startFresh();
}

document.addEventListener("click", (event) => {
  const text = event.target.closest("[data-ask]")?.dataset.ask;
  if (text) put(text);
  const paper = event.target.closest("[data-paper]:not(main)")?.dataset;
  if (paper) papers.open(paper.paper, paper.from);
  const sum = event.target.closest("[data-sum]")?.dataset.sum;
  if (sum) sums.open(sum);
  if (event.target.closest("a[href]")) event.preventDefault(); // the kiosk has one page
});
const presses = {
  talk: () => (connection.lost() ? browse() : hearing.begin()),
  browse: () => browse(),
  write: hearing.write,
  more: hearing.begin,
  print: printing.slip,
  call() {
    hearing.cancel();
    touched = true;
    callPerson();
  },
  retry: () => put(session.lastWords),
  pause: speaker.toggle,
  back: speaker.back,
  repeat: speaker.again,
  home,
  finish: forget,
  speed: () => (part("speed").querySelector("span").textContent = `念得快慢：${speaker.faster()}`),
};
for (const [id, act] of Object.entries(presses)) part(id).addEventListener("click", () => act());

watchIdle({
  busy: () => speaker.state === "reading" || hearing.listening(),
  needless: () => !session.talked && !touched && shown() === "start",
  ask: () => say("idle"),
  leave: forget,
});
wireKeys({ home });
keepInTouch(main.dataset.registered === "yes");
window.addEventListener("pageshow", (event) => event.persisted && forget()); // a page out of the back-forward cache
window.addEventListener("pagehide", wipePage);
window.addEventListener("contextmenu", (event) => event.preventDefault());
navigator.serviceWorker?.register("/kiosk/worker.js", { scope: "/kiosk" }).catch(() => null); // plain http has none
history.scrollRestoration = "manual";
show("start", main);
