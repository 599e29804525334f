// Where the resident writes: grows with the words, keeps the draft, counts near the limit.

import * as store from "./store.js";
import { t } from "./words.js";

const STAYS = 8_000; // ms a refusal stays readable though the resident types on
const NEAR = 200; // characters left from which the counter shows

// On a phone Enter makes a new line, as in every other app there; the button sends.
const HAS_KEYBOARD = matchMedia("(hover: hover) and (pointer: fine)");

/** Characters as the server counts them: an emoji is one. */
const lengthOf = (text) => Array.from(text).length;

export function createComposer(maxChars, onSend) {
  const form = document.getElementById("composer");
  const field = document.getElementById("words");
  const says = document.getElementById("words-says");
  let refusedUntil = 0;

  function say(message, wrong = false) {
    if (says.textContent !== message) says.textContent = message;
    says.classList.toggle("is-wrong", wrong);
    field.toggleAttribute("aria-invalid", wrong);
  }

  function grow() {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
    field.style.overflowY = field.scrollHeight > field.clientHeight + 2 ? "auto" : "hidden";
  }

  function count() {
    const left = maxChars - lengthOf(field.value);
    if (left < 0) say(t("多了{over}个字，请删短一些，或者分几次发。", { over: -left }), true);
    else if (Date.now() > refusedUntil) say(left <= NEAR ? t("还能写{left}个字", { left }) : "");
  }

  function changed() {
    store.keepDraft(field.value);
    grow();
    count();
  }

  function set(text) {
    field.value = text;
    changed();
  }

  function submit() {
    const text = field.value.trim();
    if (!text) {
      say(t("请先写下您的问题。"), true);
      field.focus();
      return;
    }
    if (lengthOf(text) > maxChars) return field.focus();
    refusedUntil = 0;
    if (!onSend(text)) return; // not yet agreed to the notice: the words stay
    set("");
    rest();
  }

  function rest() {
    if (HAS_KEYBOARD.matches) field.focus({ preventScroll: true });
    else field.blur(); // folds the phone's keyboard away, so that the answer can be seen
  }

  field.addEventListener("input", changed);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || !HAS_KEYBOARD.matches) return;
    // Enter that picks a word in an input method; Safari reports it as keyCode 229 after composition has ended.
    if (event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });

  if (HAS_KEYBOARD.matches) field.placeholder = t("说说发生了什么事（按回车发送）");
  set(store.draft());

  return {
    submit,
    rest,
    clear: () => set(""),
    fit: grow,
    /** The server would not take these words: they go back in front of whatever is being written. */
    giveBack(text, message) {
      set(field.value ? `${text}\n${field.value}` : text);
      say(message, true);
      refusedUntil = Date.now() + STAYS;
      field.focus();
    },
  };
}
