// A receipt has no page height of its own: it is as long as what is on it.

const MM = 96 / 25.4; // CSS pixels in a millimetre
const PRINTED = 72; // mm of an 80 mm roll
const AROUND = 12; // mm above and below

/** How tall the words are at the width that is printed, in mm. */
function tall() {
  const main = document.querySelector("main");
  const copy = main.cloneNode(true);
  copy.className = "measure";
  document.body.append(copy);
  const height = copy.offsetHeight / MM;
  copy.remove();
  return Math.ceil(height);
}

function fit() {
  const sheet = new CSSStyleSheet();
  const measure = `.measure { position: absolute !important; visibility: hidden; left: 0; width: ${PRINTED}mm !important; padding: 0 !important; font-size: 11pt; }
    .measure footer img { width: 42mm !important; height: 42mm !important; }`;
  sheet.replaceSync(measure);
  document.adoptedStyleSheets = [sheet];
  sheet.replaceSync(`${measure} @page { size: 80mm ${Math.max(100, tall() + AROUND)}mm; }`);
}

if (document.body.classList.contains("roll-80mm")) {
  if (document.readyState === "complete") fit();
  else window.addEventListener("load", fit);
}
