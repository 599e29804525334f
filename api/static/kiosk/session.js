// Everything of the person at the machine, in memory only: a reload forgets it, and so does forget.js.

import { call, postMessage, send, Unreachable } from "../chat/net.js";
import { uuid } from "../chat/store.js";

export { Unreachable };

const plain = () => uuid().replaceAll("-", "");

export const session = { conversation: plain(), talked: false, last: null, lastWords: "", pending: null };

/**
 * Ask; the reply and its sentences, or an error with words that can be shown. A retry of the same words is not asked
 * twice: the server gives the first answer again, and only what failed is fetched anew.
 */
export async function ask(text, onStage, spoken) {
  if (session.lastWords !== text || session.last) session.pending = { client_message_id: uuid(), text, spoken };
  session.lastWords = text;
  session.last = null;
  session.talked = true;
  const { conversation } = session;
  const reply = await postMessage(conversation, session.pending, onStage, "kiosk");
  const sentences = await sentencesOf(reply);
  if (session.conversation === conversation) session.last = reply; // else somebody else stands here now
  return { reply, sentences };
}

const path = (rest) => `/api/v1/conversations/${session.conversation}/${rest}`;

/** The sentences of a reply, each with the address of its sound. */
export async function sentencesOf(reply) {
  const { sentences, voice } = await call(path(`replies/${reply.id}/spoken`));
  return sentences.map((one, n) => ({ ...one, url: voice && path(`replies/${reply.id}/spoken/${n}`) }));
}

export const handoverPicture = () => path("handover.svg");

export function renew() {
  Object.assign(session, { conversation: plain(), talked: false, last: null, lastWords: "", pending: null });
}

/** One call to the server; errors carry words that can be shown. */
export async function request(address, body) {
  try {
    return await (body ? send(address, body) : call(address));
  } catch (error) {
    if (error instanceof Unreachable) throw new Error("网络断了，没有办成。请稍后再按，或者拨打12348。", { cause: error });
    throw error;
  }
}
