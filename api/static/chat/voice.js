// The sheet behind the microphone button: speak, look at what was heard, change it, and only then ask.

import { corrections, readBack } from "./heard.js";
import { canRecord, record } from "./microphone.js";
import * as store from "./store.js";
import { t } from "./words.js";

const TITLES = { listen: t("请说"), wait: t("正在听写，请稍等"), confirm: t("您说的是这个吗？"), trouble: t("没听清") };
const DENIED = t("没有打开话筒。请在手机或浏览器的设置里允许使用话筒，或者打字。");

/** @param asked whether the last answer asks what was meant: a yes to it needs no second yes */
export function wireVoice(onWords, asked) {
  const press = document.getElementById("mic");
  if (!press || !canRecord()) return;
  const part = (name) => document.getElementById(name);
  const [sheet, talk, partial, field] = ["voice", "talk", "voice-partial", "heard"].map(part);
  const [handsFree, dialect, asks] = ["hands-free", "dialect", "voice-asks"].map(part);
  let recording = null; // promise of the one under way

  function step(name, message = "") {
    sheet.dataset.step = name;
    part("voice-title").textContent = TITLES[name];
    partial.textContent = message;
  }

  function label() {
    const going = recording !== null;
    const hold = handsFree.checked ? [t("开始说"), t("我在听……说完停一下")] : [t("按住说话"), t("松开就算说完")];
    talk.textContent = hold[Number(going)];
    talk.classList.toggle("is-on", going);
  }

  function begin() {
    if (recording) return;
    step("listen");
    recording = record(
      { handsFree: handsFree.checked, dialect: dialect.value },
      {
        level: (share) => (part("voice-level").style.transform = `scaleX(${share})`),
        partial: (text) => (partial.textContent = text),
        said: show,
        failed: (message) => finish(() => step("trouble", message)),
      },
    );
    recording.catch(() => finish(() => step("trouble", DENIED)));
    label();
  }

  async function end() {
    const going = recording;
    if (!going || sheet.dataset.step !== "listen") return;
    step("wait", partial.textContent);
    (await going.catch(() => null))?.stop();
  }

  function finish(act) {
    recording = null;
    label();
    if (sheet.open) act();
  }

  function show(said) {
    finish(() => {
      if (said.outcome !== "heard") return step("trouble", said.message);
      if (asked() && said.answer) return answer(said.text);
      step("confirm");
      field.value = said.text;
      asks.replaceChildren(...corrections(said, field, "choice", field));
      part("voice-read-back").textContent = readBack(said);
      part("voice-send").focus();
    });
  }

  function answer(words) {
    close();
    onWords(words, dialect.value);
  }

  function open() {
    step("listen");
    label();
    sheet.showModal();
    talk.focus();
  }

  async function close() {
    sheet.close();
    (await recording?.catch(() => null))?.cancel();
    recording = null;
  }

  press.hidden = false;
  handsFree.checked = store.handsFree();
  dialect.value = store.dialect();
  press.addEventListener("click", open);
  handsFree.addEventListener("change", () => {
    store.keepHandsFree(handsFree.checked);
    label();
  });
  dialect.addEventListener("change", () => store.keepDialect(dialect.value));
  talk.addEventListener("pointerdown", (event) => {
    if (handsFree.checked) return;
    talk.setPointerCapture(event.pointerId);
    begin();
  });
  for (const way of ["pointerup", "pointercancel"])
    talk.addEventListener(way, () => handsFree.checked || end());
  // Hands-free, and everybody who presses keys: the first press begins, the second ends.
  talk.addEventListener("click", (event) => {
    if (!handsFree.checked && event.detail !== 0) return;
    if (recording) end();
    else begin();
  });
  talk.addEventListener("contextmenu", (event) => event.preventDefault()); // a long press on Android
  part("voice-again").addEventListener("click", again);
  part("voice-close").addEventListener("click", close);
  sheet.addEventListener("cancel", close);
  part("voice-send").addEventListener("click", () => {
    const words = field.value.trim();
    if (!words) return field.focus();
    answer(words);
  });
  sheet.addEventListener("click", (event) => event.target.closest("[data-send]") && close());

  function again() {
    step("listen");
    label();
    talk.focus();
  }
}
