// A photo for the lawyer who has the case: chosen or taken, sent at once; what comes of it is said.

import { el, icon } from "./dom.js";
import { postPhoto } from "./net.js";
import { t } from "./words.js";

export function photo(conversation) {
  const says = el("span", "small");
  says.setAttribute("role", "status");
  const input = el("input", "hide");
  Object.assign(input, { type: "file", accept: "image/jpeg,image/png,image/webp,application/pdf" });
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file) return;
    says.textContent = t("正在发送……");
    try {
      await postPhoto(conversation, file);
      says.textContent = t("律师能看到了");
    } catch (error) {
      says.textContent = error.message;
    }
    input.value = "";
  });
  return el("p", "photo", el("label", "quiet-button", icon("picture"), t("拍照发给律师"), input), says);
}
