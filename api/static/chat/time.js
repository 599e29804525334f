// Times as people in the county read them, wherever the phone thinks it is.

const zone = { timeZone: "Asia/Shanghai" };
const clock = new Intl.DateTimeFormat("zh-CN", {
  ...zone,
  hour: "2-digit",
  minute: "2-digit",
  hour12: false,
});
const day = new Intl.DateTimeFormat("zh-CN", { ...zone, month: "long", day: "numeric", weekday: "long" });
const key = new Intl.DateTimeFormat("en-CA", { ...zone, year: "numeric", month: "2-digit", day: "2-digit" });

export const clockOf = (instant) => clock.format(new Date(instant));

/** "2026-11-22": the local day, to tell one day's messages from the next. */
export const dayKey = (instant) => key.format(new Date(instant));

/** "今天 11月22日星期日", "11月20日星期五", or "2025年12月1日" for another year. */
export function dayName(instant, now = new Date()) {
  const then = dayKey(instant);
  const words = day.format(new Date(instant));
  if (then === dayKey(now)) return `今天 ${words}`;
  if (then === dayKey(now.getTime() - 86_400_000)) return `昨天 ${words}`;
  if (then.slice(0, 4) === dayKey(now).slice(0, 4)) return words;
  const [year, month, date] = then.split("-").map(Number);
  return `${year}年${month}月${date}日`;
}

/** "2008-01-01" -> "2008年1月1日"; anything else stays as it is. */
export function dateWords(date) {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return date;
  const [year, month, dayOfMonth] = date.split("-").map(Number);
  return `${year}年${month}月${dayOfMonth}日`;
}
