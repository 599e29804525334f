// Call a person: one form, then where the order stands, until somebody takes it.

import { el, icon } from "../chat/dom.js";
import { part, show } from "./dom.js";
import { request } from "./session.js";

const EVERY = 5_000; // ms

/** @param use {conversation(), back(), say(prompt)} */
export function createCalling(use) {
  const screen = part("person");
  let timer = 0;

  function open() {
    clearInterval(timer);
    screen.dataset.step = "ask";
    part("call-says").textContent = "";
    part("person-title").textContent = use.say("person");
    show("person", part("call-phone"));
  }

  async function send(event) {
    event.preventDefault();
    part("call-says").textContent = "";
    part("call-send").disabled = true;
    const [name, phone] = [part("call-name").value, part("call-phone").value];
    try {
      const order = await request("/api/v1/kiosk/calls", { name, phone, conversation: use.conversation() });
      made(order);
    } catch (error) {
      part("call-says").textContent = error.message;
      part("call-phone").focus();
    } finally {
      part("call-send").disabled = false;
    }
  }

  function made(order) {
    screen.dataset.step = "done";
    part("person-title").textContent = use.say("called");
    const state = el("b", "", order.state_label);
    part("called").replaceChildren(
      el("p", "k-reference", "编号 ", el("b", "", order.reference)),
      el("p", "k-state", icon("clock"), state),
      el("p", "", `${order.promise}。`),
    );
    part("call-done").focus();
    timer = setInterval(() => look(order.token, state), EVERY);
  }

  async function look(token, state) {
    if (screen.hidden) return clearInterval(timer);
    const order = await request(`/api/v1/orders/${token}`).catch(() => null); // no network: the old state stays
    if (order) state.textContent = order.state_label;
  }

  part("call-form").addEventListener("submit", send);
  part("call-back").addEventListener("click", use.back);
  part("call-done").addEventListener("click", use.back);
  return open;
}
