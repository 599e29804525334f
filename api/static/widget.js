// For other sites: <script src="https://…/widget.js" defer></script> draws a button that opens the chat.
// Their policy must allow this host in script-src and frame-src; no inline style or script is used.
(function () {
  "use strict";
  var home = new URL(document.currentScript.src).origin;
  var label = document.currentScript.dataset.label || "法律咨询";

  function dressed(node, looks) {
    for (var name in looks) node.style.setProperty(name, looks[name]);
    return node;
  }

  var press = dressed(document.createElement("button"), {
    position: "fixed", right: "20px", bottom: "20px", "z-index": "2147483000", "min-height": "56px",
    padding: "0 24px", border: "2px solid #fff", "border-radius": "28px", background: "#0e5145",
    color: "#fff", font: "600 18px/1.4 sans-serif", cursor: "pointer",
  });
  press.type = "button";
  press.textContent = label;
  press.setAttribute("aria-expanded", "false");

  var frame = null;

  function made() {
    frame = dressed(document.createElement("iframe"), {
      position: "fixed", right: "20px", bottom: "88px", "z-index": "2147483000",
      width: "min(420px, calc(100vw - 40px))", height: "min(680px, calc(100vh - 108px))",
      border: "1px solid #7b7f76", "border-radius": "16px", background: "#f8f4ec",
    });
    frame.src = home + "/embed";
    frame.title = label;
    frame.allow = "microphone; clipboard-write";
    document.body.insertBefore(frame, press);
  }

  function toggle(open) {
    if (open && !frame) made();
    if (frame) frame.style.setProperty("display", open ? "block" : "none");
    press.textContent = open ? "收起" : label;
    press.setAttribute("aria-expanded", String(open));
    if (open) frame.focus();
  }

  press.addEventListener("click", function () {
    toggle(press.getAttribute("aria-expanded") !== "true");
  });
  document.body.append(press);
})();
