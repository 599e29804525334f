// What was heard, for the person to look at before it is asked; nothing changes by itself.

import { button } from "./dom.js";
import { t } from "./words.js";

/** One press changes one place of the field: a button for each word that may be another. */
export function corrections({ candidates }, field, className, next) {
  return candidates.map(({ heard, term, asks }) => {
    const yes = button(className, t("{asks}点一下，把“{heard}”改过来", { asks, heard }), () => {
      field.value = field.value.replace(heard, term);
      yes.remove();
      next.focus();
    });
    return yes;
  });
}

/** Amounts, dates and numbers as they were understood; "" when none were said. */
export function readBack({ read_back: exact }) {
  return exact.length ? t("请核对：{what}", { what: exact.map(({ says }) => says).join("；") }) : "";
}
