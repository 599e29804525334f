// What this device remembers: the conversation's number, unsent words, consent.

const memory = new Map(); // stands in where storage is switched off or full

function read(name) {
  try {
    return localStorage.getItem(`wenfa.${name}`) ?? memory.get(name) ?? null;
  } catch {
    return memory.get(name) ?? null;
  }
}

function write(name, value) {
  memory.set(name, value);
  try {
    localStorage.setItem(`wenfa.${name}`, value);
  } catch {
    // kept in memory above; nothing more can be done here
  }
}

function forget(name) {
  memory.delete(name);
  try {
    localStorage.removeItem(`wenfa.${name}`);
  } catch {
    // was never stored
  }
}

/** A random UUID. crypto.randomUUID is missing on plain http, which county networks still use. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** The kept conversation, or null before the first message. */
export const conversation = () => read("conversation");

function list(name) {
  try {
    return JSON.parse(read(name) ?? "[]");
  } catch {
    return []; // damaged storage must not stop the page
  }
}

const TALKS = 30; // talks kept on a device
const TITLE = 24; // characters of the first words

/** Talks begun on this device, the newest first: [{id, title, at}]. */
export const talks = () => list("talks");

const keepTalks = (kept) => write("talks", JSON.stringify(kept.slice(0, TALKS)));

/** The conversation goes on; the first words of a new one are its name. */
export function noteTalk(text) {
  const id = openConversation();
  const known = talks().find((talk) => talk.id === id);
  const title = known?.title ?? Array.from(text).slice(0, TITLE).join("");
  keepTalks([{ id, title, at: new Date().toISOString() }, ...talks().filter((talk) => talk.id !== id)]);
}

export const renameTalk = (id, title) =>
  keepTalks(talks().map((talk) => (talk.id === id ? { ...talk, title } : talk)));

export const forgetTalk = (id) => keepTalks(talks().filter((talk) => talk.id !== id));

export const returnTo = (id) => write("conversation", id);

export function openConversation() {
  if (!conversation()) write("conversation", uuid().replaceAll("-", ""));
  return conversation();
}

export function forgetConversation() {
  for (const name of ["conversation", "outbox", "draft"]) forget(name);
}

export const draft = () => read("draft") ?? "";
export const keepDraft = (text) => (text ? write("draft", text) : forget("draft"));

export const dialect = () => read("dialect") ?? "";
export const keepDialect = (region) => write("dialect", region);

export const handsFree = () => read("hands-free") === "1";
export const keepHandsFree = (on) => write("hands-free", on ? "1" : "");

const NOTICE = "2026-11"; // raise when the notice says something new: it is then shown again
export const noticeSeen = () => read("notice") === NOTICE;
export const keepNoticeSeen = () => write("notice", NOTICE);

/** Messages written but not yet answered, oldest first: [{client_message_id, text, spoken, created_at}]. */
export const unsent = () => list("outbox");

export const keepUnsent = (entries) => write("outbox", JSON.stringify(entries));
