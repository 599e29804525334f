// A paper filled in at the kiosk: large fields, the identity card's typed once and shown masked.

import { el, icon } from "../chat/dom.js";
import { part, show } from "./dom.js";
import { request } from "./session.js";

const FROM_CARD = ["name", "id_number", "gender", "age"];

/** @param use {back(), say(prompt), print(address, name)} */
export function createPapers(use) {
  let form = null;
  let identity = "";

  async function open(kind, from) {
    identity = "";
    for (const id of ["paper-says", "identity-says"]) part(id).textContent = "";
    part("identity-known").replaceChildren();
    part("identity-form").classList.remove("is-known");
    try {
      form = await request(`/api/v1/kiosk/papers/${kind}?from=${from}`);
    } catch (error) {
      part("paper-title").textContent = error.message;
      form = null;
    }
    part("paper-own").replaceChildren(...(form?.fields ?? []).map(field));
    const card = form?.fields.some(({ name }) => name === "id_number");
    part("identity-form").hidden = !card;
    if (form) part("paper-title").textContent = `${form.title}：${use.say("paper")}`;
    show("paper", part("paper-scroll"));
    part("paper-scroll").scrollTop = 0;
  }

  function field({ name, label, hint, kind, optional, value }) {
    const input = el(kind === "text" ? "textarea" : "input", "k-input");
    Object.assign(input, { id: `f-${name}`, name, value, autocomplete: "off" });
    if (kind === "text") input.rows = 3;
    if (kind === "money" || kind === "number") input.inputMode = "decimal";
    const words = el("span", "", label, optional && el("span", "k-hint", "（可以不填）"));
    const box = el("label", FROM_CARD.includes(name) ? "from-card" : "", words, hint && el("span", "k-hint", hint), input);
    box.htmlFor = input.id;
    return box;
  }

  async function know(event) {
    event.preventDefault();
    const [name, number] = [part("identity-name"), part("identity-number")];
    part("identity-says").textContent = "";
    try {
      const person = await request("/api/v1/kiosk/identity", { name: name.value, number: number.value });
      identity = person.token;
      part("identity-known").replaceChildren(icon("check"), `${person.name}　${person.masked}　已经填上`);
      part("identity-form").classList.add("is-known");
      for (const box of document.querySelectorAll(".from-card")) box.remove();
      name.value = number.value = "";
    } catch (error) {
      part("identity-says").textContent = error.message;
      number.focus();
    }
  }

  async function print() {
    if (!form) return use.back();
    part("paper-says").textContent = "";
    const facts = Object.fromEntries(new FormData(part("paper-fields")));
    try {
      const made = await request("/api/v1/kiosk/papers", { kind: form.kind, facts, identity });
      use.print(`/kiosk/paper/${made.token}`, made.title);
    } catch (error) {
      part("paper-says").textContent = error.message;
    }
  }

  part("identity-form").addEventListener("submit", know);
  part("paper-fields").addEventListener("submit", (event) => event.preventDefault());
  part("paper-print").addEventListener("click", print);
  part("paper-back").addEventListener("click", use.back);
  return {
    open,
    forget: () => ([form, identity] = [null, ""]),
  };
}
