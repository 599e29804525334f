// The calls to the server. Errors carry words that can be shown.

import { language, t } from "./words.js";

const PATIENCE = 30_000; // ms; after this the message counts as not sent, and may be sent again
const WAITS = [3_000, 10_000, 30_000, 60_000];

/** The server answered, and said no. */
export class Refused extends Error {
  constructor(status, body) {
    super(body?.error?.message ?? t("服务暂时出了问题，请稍后再试。"));
    this.status = status;
  }

  /** The same message may go through later; otherwise the words must change first. */
  get passing() {
    return this.status >= 500 || this.status === 408 || this.status === 429;
  }
}

/** No answer at all: offline, timed out, or cut off. */
export class Unreachable extends Error {}

/** One call to the server; a body that is no JSON counts as a refusal. */
export async function call(path, { onStage, patience = PATIENCE, ...options } = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    const response = await fetch(path, {
      ...options,
      headers: { "Accept-Language": language, ...options.headers },
      signal: stop.signal,
      credentials: "same-origin",
    });
    const flows = response.headers.get("content-type")?.startsWith("text/event-stream");
    if (response.ok && flows) return await streamed(response, onStage);
    const body = await response.json().catch(() => null);
    if (!response.ok || body === null) throw new Refused(response.ok ? 502 : response.status, body);
    return body;
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Unreachable(t("没有连上网。"), { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

export const article = (law, number) =>
  call(`/api/v1/articles?law=${encodeURIComponent(law)}&article=${encodeURIComponent(number)}`);

/** The last event of a stream; onStage hears what the server is doing meanwhile. */
async function streamed(response, onStage) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) throw new Unreachable(t("没有连上网。"));
    text += value.replaceAll("\r", "");
    const events = text.split("\n\n");
    text = events.pop();
    for (const lines of events.map((event) => event.split("\n"))) {
      const part = (name) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
      if (part("event") === "stage") onStage(part("data"));
      else if (part("event") === "reply") return JSON.parse(part("data"));
      else if (part("event") === "failed") throw new Refused(503, JSON.parse(part("data")));
    }
  }
}

/** The same, with a body sent as JSON. */
export const send = (path, body, { headers, ...options } = {}) =>
  call(path, {
    ...options,
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

export const postMessage = (conversation, { text, client_message_id, spoken }, onStage, channel = "web") =>
  send("/api/v1/messages", { conversation, channel, text, client_message_id, spoken }, {
    onStage,
    // Browsers that cannot read a stream bit by bit get the answer in one piece.
    headers: { Accept: window.TextDecoderStream ? "text/event-stream" : "application/json" },
  });

export function postPhoto(conversation, file) {
  const body = new FormData();
  body.append("photo", file);
  return call(`/api/v1/conversations/${conversation}/photos`, { method: "POST", body, patience: 120_000 });
}

export const postRating = (reply, grade, reasons) =>
  send("/api/v1/ratings", {
    kind: "reply",
    subject: String(reply.id),
    conversation: reply.conversation,
    grade,
    reasons,
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
