// Speak, look at what was heard, change it, and only then ask.

import { corrections, readBack } from "../chat/heard.js";
import { canRecord, record } from "../chat/microphone.js";
import { part, show } from "./dom.js";

const DENIED = "没有打开话筒。请写字，或者按“找真人”。";
const NUMBERS = "一二三四五六";

/**
 * @param use {say(prompt), hush(), ask(text, spoken), asked() whether the last answer asks what was meant}
 * @returns {begin, write, cancel, listening}
 */
export function createHearing(use) {
  const main = part("main");
  const [screen, words, candidates, region] = ["ask", "words", "candidates", "region"].map(part);
  const bars = [...document.querySelectorAll(".k-level i")];
  let recording = null;
  let spoken; // of words heard aloud: the speaker's region

  function step(name, title, focus) {
    screen.dataset.step = name;
    part("ask-title").textContent = title;
    show("ask", focus);
  }

  function level(share) {
    bars.forEach((bar, n) => {
      const arch = 1 - Math.abs(n - (bars.length - 1) / 2) / bars.length;
      bar.style.transform = `scaleY(${Math.max(0.09, share * arch * (0.75 + Math.random() / 4))})`;
    });
  }

  async function begin() {
    cancel();
    if (main.dataset.listens !== "yes" || !canRecord()) return write();
    use.hush(); // else the machine would hear itself
    part("partial").textContent = "";
    step("listen", use.say("listen", { quietly: true }), part("done"));
    const mine = (recording = record(
      { handsFree: true, dialect: region.value },
      { level, partial: (text) => (part("partial").textContent = text), said: heard, failed: trouble },
    ));
    mine.catch(() => recording === mine && trouble(DENIED));
  }

  async function end() {
    step("words", use.say("words", { quietly: true }), part("main"));
    (await recording?.catch(() => null))?.stop();
  }

  function heard(said) {
    recording = null;
    if (said.outcome !== "heard") return trouble(said.message, use.say("unclear"));
    if (use.asked() && said.answer) return use.ask(said.text, region.value); // a yes needs no second yes
    const picture = use.asked() ? null : pictureFor(said.text);
    fill(picture ?? said.text, use.say("confirm"));
    if (!picture) spoken = region.value;
    candidates.replaceChildren(...(picture ? [] : corrections(said, words, "k-button", part("send"))));
    part("words-says").textContent = readBack(said);
  }

  function trouble(message, title = "没有听成") {
    recording = null;
    part("type").hidden = false;
    part("trouble").textContent = message;
    step("trouble", title, part("again"));
  }

  /** “第三个”, “三号” or a picture's own name chooses the picture. */
  function pictureFor(text) {
    const matters = [...document.querySelectorAll(".k-matter")];
    const number = /^(?:第|选)?([一二三四五六])(?:个|号|张)?[。！]?$/.exec(text)?.[1];
    const named = matters.find((one) => one.querySelector("b").textContent === text.replace(/[。！]$/, ""));
    return (number ? matters[NUMBERS.indexOf(number)] : named)?.dataset.ask ?? null;
  }

  function fill(text, title, byHand = false) {
    words.value = text;
    spoken = undefined;
    candidates.replaceChildren();
    part("words-says").textContent = "";
    part("again").hidden = main.dataset.listens !== "yes";
    part("type").hidden = byHand;
    step("confirm", title, part("send"));
  }

  function write() {
    cancel();
    fill(words.value, use.say("type"), true);
    words.focus();
  }

  function cancel() {
    const going = recording;
    recording = null;
    going?.then((one) => one.cancel()).catch(() => null);
    level(0);
  }

  part("done").addEventListener("click", end);
  part("again").addEventListener("click", begin);
  part("type").addEventListener("click", write);
  part("send").addEventListener("click", () => {
    const text = words.value.trim();
    if (!text) {
      part("words-says").textContent = "还没有写。请说说遇到了什么事。";
      return words.focus();
    }
    words.value = "";
    use.ask(text, spoken);
  });

  return { begin, write, cancel, listening: () => recording !== null };
}
