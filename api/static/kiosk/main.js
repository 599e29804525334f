// The kiosk: how the parts beside this file work together.

import { draw, mark } from "./answer.js";
import { keepInTouch } from "./device.js";
import { part, show, shown } from "./dom.js";
import { startFresh, wipeBrowser, wipePage } from "./forget.js";
import { createHearing } from "./hear.js";
import { watchIdle } from "./idle.js";
import { wireKeys } from "./keys.js";
import { ask, handoverPicture, renew, sentencesOf, session } from "./session.js";
import { createSpeaker } from "./speaker.js";

const main = part("main");
const prompts = JSON.parse(part("prompts").textContent);
let marks = [];
let wiping = null;

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

const hearing = createHearing({ say, hush: speaker.stop, ask: put });

async function put(text) {
  hearing.cancel();
  const conversation = session.conversation;
  part("asked").textContent = text;
  waitFor("wait");
  show("answer", main);
  say("wait");
  try {
    const reply = await ask(text, stage);
    const sentences = await sentencesOf(reply);
    if (conversation === session.conversation) answer(reply, sentences); // else somebody else stands here now
  } catch (error) {
    if (conversation !== session.conversation) return;
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
  part("answer").dataset.step = step;
  part("waiting").hidden = step !== "wait";
  part("failed").hidden = step !== "failed";
  for (const id of ["sheet", "player", "actions"]) part(id).hidden = step !== "ready";
}

function answer(reply, sentences) {
  if (reply.decision === "silent") sentences = [{ part: "answer", line: 0, text: "已经转给律师，律师看着呢。", says: "已经转给律师。" }];
  waitFor("ready");
  marks = draw(reply, sentences, (n) => speaker.read(sentences, n));
  part("qr-picture").src = handoverPicture();
  part("print").focus({ preventScroll: true });
  speaker.read(sentences);
}

function home() {
  hearing.cancel();
  speaker.stop();
  show("start", main);
}

/** The person leaves, or has left: nothing of them stays. */
async function forget() {
  hearing.cancel();
  speaker.stop();
  renew();
  marks = [];
  wipePage();
  show("start", main);
  wiping = wipeBrowser();
  await wiping;
  startFresh();
}

document.addEventListener("click", (event) => {
  const text = event.target.closest("[data-ask]")?.dataset.ask;
  if (text) put(text);
  if (event.target.closest("a[href]")) event.preventDefault(); // the kiosk has one page
});
const presses = {
  talk: hearing.begin,
  write: hearing.write,
  more: hearing.begin,
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
  needless: () => !session.talked && shown() === "start",
  ask: () => say("idle"),
  leave: forget,
});
wireKeys({ home });
keepInTouch(main.dataset.registered === "yes");
window.addEventListener("pageshow", (event) => event.persisted && forget()); // a page out of the back-forward cache
window.addEventListener("pagehide", wipePage);
window.addEventListener("contextmenu", (event) => event.preventDefault());
history.scrollRestoration = "manual";
show("start", main);
