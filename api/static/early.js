// Runs before the first paint, so that neither the type size nor the greeting jumps.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  try {
    root.dataset.size = localStorage.getItem("wenfa.size") || "1";
    if (localStorage.getItem("wenfa.conversation") !== null) root.classList.add("has-talk");
  } catch (refused) {
    root.dataset.size = "1"; // storage is switched off: the page works, it only forgets
  }
})();
