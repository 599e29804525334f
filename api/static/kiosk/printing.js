// What is printed is a page of its own, shown in a frame first. Frames put in anew leave no history behind.

import { el } from "../chat/dom.js";
import { part, show } from "./dom.js";

const ROLLS = { "80mm": "换成大纸（A4）", a4: "换成小票（80毫米）" };

/** @param use {slip(roll): address, back(), say(prompt)} */
export function createPrinting(use) {
  let roll = part("main").dataset.roll;
  let again = () => {};
  let frame = null;

  function put(name, fill) {
    frame = document.createElement("iframe");
    frame.name = "printed";
    frame.title = name;
    part("print-now").disabled = true;
    fill(frame);
    frame.addEventListener("load", () => {
      part("print-now").disabled = false;
      part("print-now").focus({ preventScroll: true });
    });
    show("slip", part("main"));
  }

  function fetched(address) {
    return (into) => {
      into.src = address;
      part("preview").replaceChildren(into);
    };
  }

  /** What was told goes by a form: it stands in no address. */
  function sent(address, told) {
    return (into) => {
      const fields = told.map(([name, value]) => Object.assign(el("input"), { type: "hidden", name, value }));
      const form = Object.assign(el("form", "", ...fields), { method: "post", action: address, target: into.name });
      part("preview").replaceChildren(into, form);
      form.submit();
      form.remove();
    };
  }

  /** A page that fits a receipt and A4; drawn anew when the roll is changed. */
  function onRolls(draw) {
    again = () => {
      part("roll").hidden = false;
      part("roll").querySelector("span").textContent = ROLLS[roll];
      draw();
    };
    again();
  }

  part("print-now").addEventListener("click", () => {
    use.say("print");
    frame.contentWindow.print();
  });
  part("roll").addEventListener("click", () => {
    roll = roll === "80mm" ? "a4" : "80mm";
    again();
  });
  part("slip-back").addEventListener("click", use.back);

  return {
    slip: () => onRolls(() => put("法律咨询单", fetched(use.slip(roll)))),
    /** A sum with what was told for it: [[name, value]]. */
    sum: (address, name, told) => onRolls(() => put(name, sent(`${address}?roll=${roll}`, told))),
    /** A page of the kiosk's own that is printed on A4. */
    sheet(address, name) {
      part("roll").hidden = true;
      put(name, fetched(address));
    },
  };
}
