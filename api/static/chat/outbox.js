// Words on their way to the server. Each keeps one client_message_id through every retry,
// so the server answers it once however often it arrives, and leaves only when it has been answered.

import { postMessage, Refused } from "./net.js";
import * as store from "./store.js";

/**
 * @param see {sending(entry), stage(words), sent(entry, reply), failed(entry, message), refused(entry, message)}
 */
export function createOutbox(see) {
  const flying = new Map(); // client_message_id -> the promise of its delivery

  function drop(entry) {
    store.keepUnsent(store.unsent().filter((one) => one.client_message_id !== entry.client_message_id));
  }

  /** False when the server could not be reached at all. */
  async function deliver(entry) {
    see.sending(entry);
    try {
      const reply = await postMessage(store.openConversation(), entry, see.stage);
      drop(entry);
      see.sent(entry, reply);
      return true;
    } catch (error) {
      if (error instanceof Refused && !error.passing) {
        drop(entry);
        see.refused(entry, error.message);
      } else {
        see.failed(entry, error instanceof Refused ? error.message : "");
      }
      return error instanceof Refused;
    } finally {
      flying.delete(entry.client_message_id);
    }
  }

  function send(entry) {
    const id = entry.client_message_id;
    if (!flying.has(id)) flying.set(id, deliver(entry));
    return flying.get(id);
  }

  return {
    send,
    add(text, spoken) {
      const entry = { client_message_id: store.uuid(), text, spoken, created_at: new Date().toISOString() };
      store.keepUnsent([...store.unsent(), entry]);
      return entry;
    },
    /** Send again whatever is left, in the order it was written. */
    async flush() {
      for (const entry of store.unsent()) {
        if (!(await send(entry))) return;
      }
    },
  };
}
