// Everything of the person at the machine, in memory only: a reload forgets it, and so does forget.js.

import { postMessage, Unreachable } from "../chat/net.js";
import { uuid } from "../chat/store.js";

export { Unreachable };

const plain = () => uuid().replaceAll("-", "");

export const session = { conversation: plain(), talked: false, last: null, lastWords: "", order: null };

/** Ask; the reply, or an error with words that can be shown. A retry of the same words is not asked twice. */
export async function ask(text, onStage) {
  if (session.lastWords !== text || session.last) session.pending = { client_message_id: uuid(), text };
  session.lastWords = text;
  session.last = null;
  session.talked = true;
  session.last = await postMessage(session.conversation, session.pending, onStage, "kiosk");
  return session.last;
}

const path = (rest) => `/api/v1/conversations/${session.conversation}/${rest}`;

/** The sentences of a reply, each with the address of its sound. */
export async function sentencesOf(reply) {
  const response = await fetch(path(`replies/${reply.id}/spoken`));
  if (!response.ok) throw new Error("sentences");
  const { sentences, voice } = await response.json();
  return sentences.map((one, n) => ({ ...one, url: voice && path(`replies/${reply.id}/spoken/${n}`) }));
}

export const handoverPicture = () => path("handover.svg");

export function renew() {
  Object.assign(session, { conversation: plain(), talked: false, last: null, lastWords: "", pending: null, order: null });
}

/** One call to the server; errors carry words that can be shown. */
export async function request(address, body) {
  const sent = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(address, sent || {}).catch(() => null);
  if (!response) throw new Error("网络断了，没有办成。请稍后再按，或者拨打12348。");
  const answer = await response.json().catch(() => null);
  if (!response.ok || !answer) throw new Error(answer?.error?.message ?? "系统出了点问题，请稍后再试。");
  return answer;
}
