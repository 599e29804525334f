// The talk on the page: one article per message, in the order of the server's ids, with the days between.

import { button, el, icon } from "./dom.js";
import { nexts, sheet } from "./reply.js";
import { clockOf, dayKey, dayName } from "./time.js";
import { t } from "./words.js";

const AUTHORS = { resident: t("您"), machine: t("问法"), lawyer: t("律师") };
const NEAR = 200; // px from the end that still count as reading the end

const CALM = matchMedia("(prefers-reduced-motion: reduce)");

// Ids come back from the server in its own spelling.
const plain = (id) => id.replaceAll("-", "").toLowerCase();

function by(author, instant, reply) {
  const clock = el("time", "", clockOf(instant));
  clock.dateTime = instant;
  const badge = reply?.reviewed && el("span", "badge", icon("check"), t("律师已审核"));
  const tag = author === "machine" && el("span", "tag", t("人工智能生成"));
  return el(
    "div",
    "by",
    author === "machine" && icon("seal", "seal"),
    author === "lawyer" && icon("lawyer"),
    el("h2", author === "resident" ? "hide" : "", AUTHORS[author]),
    tag,
    badge,
    clock,
  );
}

function residentMessage(text, instant) {
  return el("article", "msg mine", by("resident", instant), el("div", "said", text));
}

function answerMessage(item) {
  const reply = item.reply ?? { author: item.author, reply: item.text, reviewed: item.author === "lawyer" };
  const node = el(
    "article",
    `msg by-${item.author}`,
    by(item.author, item.created_at, reply),
    sheet(reply),
    nexts(reply.suggestions),
  );
  node.classList.add(`is-${reply.decision ?? "plain"}`);
  return node;
}

/**
 * @param box the role=log element
 * @param onUnread called with the unread message's element, or null once it is seen
 */
export function createLog(box, onUnread) {
  const byId = new Map(); // the server's id -> element
  const mine = new Map(); // client_message_id -> element
  let unread = null;

  const atEnd = () => document.documentElement.scrollHeight - window.scrollY - window.innerHeight < NEAR;

  /** Before the first message with a greater id. Words still on their way have none and stay where they were written. */
  function insert(node, id, instant) {
    node.dataset.at = instant;
    const later = [...box.querySelectorAll(".msg")].find((one) => Number(one.dataset.id ?? 0) > id);
    box.insertBefore(node, later ?? null);
    drawDays();
  }

  function drawDays() {
    for (const line of box.querySelectorAll(".day")) line.remove();
    let last = "";
    for (const node of box.querySelectorAll(".msg")) {
      const key = dayKey(node.dataset.at);
      if (key !== last) node.before(el("p", "day", dayName(node.dataset.at)));
      last = key;
    }
  }

  /** Bring an answer into view from its first line, with a short question above it; urgent numbers come first. */
  function show(node, behavior = CALM.matches ? "auto" : "smooth") {
    const before = node.previousElementSibling;
    const together =
      !node.classList.contains("is-urgent") &&
      before?.classList.contains("mine") &&
      before.offsetHeight < window.innerHeight / 4;
    (together ? before : node).scrollIntoView({ block: "start", behavior });
  }

  function addMine(entry) {
    const node = residentMessage(entry.text, entry.created_at);
    mine.set(plain(entry.client_message_id), node);
    insert(node, Infinity, entry.created_at);
    return node;
  }

  function settleMine(item) {
    const known = item.client_message_id && mine.get(plain(item.client_message_id));
    const node = known || residentMessage(item.text, item.created_at);
    if (!known) insert(node, item.id, item.created_at);
    if (item.client_message_id) mine.set(plain(item.client_message_id), node);
    clearMark(node);
    node.dataset.id = item.id;
    byId.set(item.id, node);
  }

  function clearMark(node) {
    node?.classList.remove("is-failed");
    node?.querySelector(".resend")?.remove();
  }

  window.addEventListener(
    "scroll",
    () => {
      if (unread && unread.getBoundingClientRect().top < window.innerHeight - 120) onUnread((unread = null));
    },
    { passive: true },
  );

  return {
    lastId: () => Math.max(0, ...byId.keys()),
    firstWords: () => box.querySelector(".said")?.textContent ?? "",
    isEmpty: () => box.querySelector(".msg") === null,

    /** Words the resident just wrote, or that were found unsent. */
    write(entry) {
      if (mine.has(plain(entry.client_message_id))) return;
      addMine(entry).scrollIntoView({ block: "end" });
    },

    /** One message from the server, however it came and however often. False if it was known. */
    place(item, { quietly = false } = {}) {
      if (byId.has(item.id)) return false;
      if (item.author === "resident") {
        settleMine(item);
        return true;
      }
      const following = atEnd();
      const node = answerMessage(item);
      node.dataset.id = item.id;
      byId.set(item.id, node);
      insert(node, item.id, item.created_at);
      if (quietly) return true;
      node.classList.add("is-new");
      if (following) show(node);
      else onUnread((unread = node));
      return true;
    },

    /** On its way (again): no mark, and last in the talk, where its answer will come. */
    sending(entry) {
      const node = mine.get(plain(entry.client_message_id));
      if (!node?.classList.contains("is-failed")) return;
      clearMark(node);
      box.append(node);
      drawDays();
    },

    sent(entry) {
      clearMark(mine.get(plain(entry.client_message_id)));
    },

    /** Answered by silence: a lawyer has the conversation, so say at least that the words arrived. */
    received(entry) {
      const node = mine.get(plain(entry.client_message_id));
      if (node && !node.querySelector(".got")) node.append(el("p", "got small", icon("check"), " ", t("已收到")));
    },

    failed(entry, message, onResend) {
      const node = mine.get(plain(entry.client_message_id));
      if (!node || node.dataset.id) return; // the server has it; only its answer was lost on the way
      clearMark(node);
      node.classList.add("is-failed");
      const why = message && `（${message}）`;
      node.append(button("resend", t("没发出去，点这里重发{why}", { why }), onResend, "again"));
    },

    takeBack(entry) {
      mine.get(plain(entry.client_message_id))?.remove();
      mine.delete(plain(entry.client_message_id));
      drawDays();
    },

    show,

    showLast() {
      const last = box.querySelector(".msg:last-of-type");
      if (last) show(last, "auto");
    },

    /** Quiet while old messages are put back: a screen reader must not read the whole past. */
    busy(on) {
      box.setAttribute("aria-busy", String(on));
      box.setAttribute("aria-live", on ? "off" : "polite");
    },

    clear() {
      byId.clear();
      mine.clear();
      box.replaceChildren();
      onUnread((unread = null));
    },
  };
}
