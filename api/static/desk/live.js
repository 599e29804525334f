// What colleagues, residents and the clock do, as it happens.

const page = document.getElementById("main");
const words = document.querySelector("[data-live]");
const AGAIN = [1_000, 2_000, 5_000, 15_000];

export const WHAT = {
  open: "有新问题转来",
  claim: "领办了",
  release: "退回了队列",
  expire: "领办过期",
  take_over: "转办了",
  ask: "请居民补充",
  told: "居民说了话",
  decide: "作出了答复",
  undo: "撤回了答复",
  confirm: "二审同意了",
  send_back: "二审退回了",
  send: "答复已发出",
  deliver: "居民收到了",
  rate: "居民作了评价",
  rectify: "要求整改",
};

export function say(text) {
  if (words) words.textContent = text;
}

/** Call onCase for every change since the page was drawn; reconnect for ever. */
export function follow(onCase) {
  let last = Number(page.dataset.last);
  let failures = 0;

  function open() {
    const source = new EventSource(`/desk/events?after=${last}`);
    source.addEventListener("open", () => {
      failures = 0;
      words?.classList.remove("broken");
    });
    source.addEventListener("case", (event) => {
      last = Number(event.lastEventId);
      onCase(JSON.parse(event.data));
    });
    source.addEventListener("error", () => {
      source.close();
      words?.classList.add("broken");
      if (failures > 1) say("与服务器的连接断了，看到的可能不是最新情况。");
      setTimeout(open, AGAIN[Math.min(failures++, AGAIN.length - 1)]);
    });
    window.addEventListener("pagehide", () => source.close(), { once: true });
  }

  open();
}
