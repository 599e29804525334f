// Times as people in the county read them, wherever the phone thinks it is.

import { language, t } from "./words.js";

const LOCALE = language === "zh-CN" ? language : "en-GB";
const zone = { timeZone: "Asia/Shanghai" };
const clock = new Intl.DateTimeFormat(LOCALE, {
  ...zone,
  hour: "2-digit",
  minute: "2-digit",
  hour12: false,
});
const day = new Intl.DateTimeFormat(LOCALE, { ...zone, month: "long", day: "numeric", weekday: "long" });
const key = new Intl.DateTimeFormat("en-CA", { ...zone, year: "numeric", month: "2-digit", day: "2-digit" });

const whole = new Intl.DateTimeFormat(LOCALE, { timeZone: "UTC", year: "numeric", month: "long", day: "numeric" });

export const clockOf = (instant) => clock.format(new Date(instant));

/** "2026-11-22": the local day, to tell one day's messages from the next. */
export const dayKey = (instant) => key.format(new Date(instant));

/** "今天 11月22日星期日", "11月20日星期五", or "2025年12月1日" for another year. */
export function dayName(instant, now = new Date()) {
  const then = dayKey(instant);
  const words = day.format(new Date(instant));
  if (then === dayKey(now)) return `${t("今天")} ${words}`;
  if (then === dayKey(now.getTime() - 86_400_000)) return `${t("昨天")} ${words}`;
  if (then.slice(0, 4) === dayKey(now).slice(0, 4)) return words;
  return dateWords(then);
}

/** "2008-01-01" -> "2008年1月1日", "1 January 2008"; anything else stays as it is. */
export function dateWords(date) {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return date;
  return whole.format(new Date(date));
}
