// Answers read aloud by the device's own Chinese voice, where it has one.

import { t } from "./words.js";

const SLOWER = 0.9;

/** In short sentences: phones cut a long utterance off. */
const sentences = (text) => text.split(/(?<=[。！？；\n])/).filter((one) => one.trim());

export function wireAloud(log) {
  const speech = window.speechSynthesis;
  if (!speech) return;
  let reading = null; // the button pressed

  const voice = () => speech.getVoices().find((one) => /^(zh|cmn)/i.test(one.lang));
  const look = () => document.documentElement.classList.toggle("can-speak", Boolean(voice()));

  function rest() {
    if (reading) reading.lastChild.textContent = t("念给我听");
    reading = null;
    speech.cancel();
  }

  function read(press) {
    reading = press;
    press.lastChild.textContent = t("停下来");
    const parts = press.closest(".sheet").querySelectorAll(".answer, .steps, .materials, .deadlines, .where, .promise");
    const lines = [...parts].flatMap((part) => sentences(part.innerText));
    lines.forEach((line, at) => {
      const said = new SpeechSynthesisUtterance(line);
      Object.assign(said, { voice: voice(), lang: "zh-CN", rate: SLOWER });
      if (at === lines.length - 1) said.onend = () => reading === press && rest();
      speech.speak(said);
    });
  }

  log.addEventListener("click", (event) => {
    const press = event.target.closest(".aloud");
    if (!press) return;
    const again = press !== reading;
    rest();
    if (again) read(press);
  });
  speech.addEventListener?.("voiceschanged", look);
  window.addEventListener("pagehide", rest);
  look();
}
