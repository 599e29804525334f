// What is printed is a page of its own, shown in a frame first. Frames put in anew leave no history behind.

import { part, show } from "./dom.js";

const ROLLS = { "80mm": "换成大纸（A4）", a4: "换成小票（80毫米）" };

/** @param use {slip(roll): address, back(), say(prompt)} */
export function createPrinting(use) {
  let roll = part("main").dataset.roll;
  let frame = null;

  function put(address, name) {
    frame = document.createElement("iframe");
    frame.src = address;
    frame.title = name;
    part("preview").replaceChildren(frame);
    part("print-now").disabled = true;
    frame.addEventListener("load", () => {
      part("print-now").disabled = false;
      part("print-now").focus({ preventScroll: true });
    });
    show("slip", part("main"));
  }

  function slip() {
    part("roll").hidden = false;
    part("roll").querySelector("span").textContent = ROLLS[roll];
    put(use.slip(roll), "法律咨询单");
  }

  part("print-now").addEventListener("click", () => {
    use.say("print");
    frame.contentWindow.print();
  });
  part("roll").addEventListener("click", () => {
    roll = roll === "80mm" ? "a4" : "80mm";
    slip();
  });
  part("slip-back").addEventListener("click", use.back);

  return {
    slip,
    /** A page of the kiosk's own that is printed on A4. */
    sheet(address, name) {
      part("roll").hidden = true;
      put(address, name);
    },
  };
}
