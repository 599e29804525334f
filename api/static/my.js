// The resident's own file: offers this device's conversation; after erasing, clears the device.

const OURS = "wenfa.";

function kept() {
  try {
    return localStorage.getItem(`${OURS}conversation`) ?? "";
  } catch {
    return ""; // storage is switched off
  }
}

function forget() {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(OURS));
    for (const name of names.filter((one) => one !== `${OURS}size`)) localStorage.removeItem(name);
  } catch {
    // nothing was stored
  }
}

const form = document.getElementById("give-talks");
if (form && kept() && !form.dataset.given.split(" ").includes(kept())) {
  form.elements.conversation.value = kept();
  form.hidden = false;
}
if (document.getElementById("forget-device")) forget();
