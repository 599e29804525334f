// Whether the server can be reached, said in the banner; it is asked again until it answers.

import { el, icon } from "../chat/dom.js";
import { part } from "./dom.js";

const EVERY = 5_000; // ms between two tries

/** @param see {lost(), back()} */
export function watchConnection(see) {
  let lost = false;
  let timer = 0;

  function lose() {
    if (lost) return;
    lost = true;
    part("banner").replaceChildren(icon("offline"), el("span", "", "网络断了。电话、地址和常见问题还能看；网络好了会自己恢复。"));
    timer = setInterval(look, EVERY);
    see.lost();
  }

  async function look() {
    const answer = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
    if (!answer?.ok) return lose();
    if (!lost) return;
    lost = false;
    clearInterval(timer);
    part("banner").replaceChildren();
    see.back();
  }

  window.addEventListener("offline", lose);
  window.addEventListener("online", look);
  if (!navigator.onLine) lose();
  return { look, lost: () => lost };
}
