// The three calls to the server. Errors carry words that can be shown.

const PATIENCE = 30_000; // ms; after this the message counts as not sent, and may be sent again
const WAITS = [3_000, 10_000, 30_000, 60_000];

/** The server answered, and said no. */
export class Refused extends Error {
  constructor(status, body) {
    super(body?.error?.message ?? "服务暂时出了问题，请稍后再试。");
    this.status = status;
  }

  /** The same message may go through later; otherwise the words must change first. */
  get passing() {
    return this.status >= 500 || this.status === 408 || this.status === 429;
  }
}

/** No answer at all: offline, timed out, or cut off. */
export class Unreachable extends Error {}

async function call(path, options = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch(path, { ...options, signal: stop.signal, credentials: "same-origin" });
    const body = await response.json().catch(() => null);
    if (!response.ok || body === null) throw new Refused(response.ok ? 502 : response.status, body);
    return body;
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Unreachable("没有连上网。", { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

export const postMessage = (conversation, entry) =>
  call("/api/v1/messages", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      conversation,
      channel: "web",
      text: entry.text,
      client_message_id: entry.client_message_id,
    }),
  });

export async function history(conversation, after) {
  const body = await call(`/api/v1/conversations/${conversation}/messages?after=${after}`);
  return body.messages;
}

/** Follow a conversation: onItem for each new message, onOpen when the line is there. */
export function follow(conversation, lastId, onItem, onOpen) {
  let source = null;
  let timer = 0;
  let failures = 0;

  function open() {
    close();
    source = new EventSource(`/api/v1/conversations/${conversation}/events?after=${lastId()}`);
    source.addEventListener("open", () => {
      failures = 0;
      onOpen();
    });
    source.addEventListener("message", (event) => onItem(JSON.parse(event.data)));
    // The browser's own reconnecting would ask again from the old id, and gives up on an HTTP error.
    source.addEventListener("error", () => {
      close();
      timer = setTimeout(open, WAITS[Math.min(failures++, WAITS.length - 1)]);
    });
  }

  function close() {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  const wake = () => document.hidden || open(); // a phone that slept holds a dead line
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", open);
  open();
  return () => {
    close();
    document.removeEventListener("visibilitychange", wake);
    window.removeEventListener("online", open);
  };
}
