import type { Locale } from "./translator.ts";

/** No-break space between a figure and its unit or a Chinese word: a fifth of an em in CJK fonts, where U+202F nearly vanishes. */
export const THIN_SPACE = "\u00a0";
const NO_VALUE = "—";
const TIME_ZONE = "Asia/Shanghai";

/** Numbers, units, ages and times in the user's language. Times are Beijing time whatever the computer's zone is. */
export interface Format {
  number(value: number, decimals?: number): string;
  /** `12.3 m`; a dash for null and NaN. Units °, % and Chinese measure words stand close. */
  measure(value: number | null, unit: string, decimals?: number): string;
  /** Large counts in short: 1.2 万 / 12 k. Below 100 000 in full. */
  count(value: number): string;
  /** Words for the time since `thenMs`: 12 秒前 / 12 s ago. Never negative. */
  age(thenMs: number, nowMs: number): string;
  /** 16:20:05 */
  time(atMs: number): string;
  /** 16:20 */
  shortTime(atMs: number): string;
  /** 11月22日 16:20 / 22 Nov 16:20 */
  dateTime(atMs: number): string;
  /** Hour of day 0-24 as 16:30. */
  hour(hour: number): string;
  degrees(value: number, decimals?: number): string;
  /** 1.2 km, 350 m: a round length of a scale bar. */
  distance(metres: number): string;
  bytes(value: number): string;
}

const AGE_STEPS: readonly (readonly [limitS: number, divisor: number, zh: string, en: string])[] = [
  [60, 1, "秒前", "s ago"],
  [3600, 60, "分钟前", "min ago"],
  [86_400, 3600, "小时前", "h ago"],
  [Number.POSITIVE_INFINITY, 86_400, "天前", "d ago"],
];

function isClose(unit: string): boolean {
  return unit === "%" || unit === "°" || unit === "";
}

function createTimes(locale: Locale) {
  const clock = { timeZone: TIME_ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const tag = locale === "en" ? "en-GB" : locale;
  return {
    time: new Intl.DateTimeFormat(tag, { ...clock, second: "2-digit" }),
    short: new Intl.DateTimeFormat(tag, clock),
    date: new Intl.DateTimeFormat(tag, {
      timeZone: TIME_ZONE,
      month: locale === "en" ? "short" : "long",
      day: "numeric",
    }),
  };
}

function createAge(locale: Locale): Format["age"] {
  return (thenMs, nowMs) => {
    const seconds = Math.max(0, Math.floor((nowMs - thenMs) / 1000));
    if (seconds < 2) return locale === "en" ? "now" : "刚刚";
    const step = AGE_STEPS.find(([limit]) => seconds < limit);
    if (!step) return NO_VALUE;
    const [, divisor, zh, en] = step;
    return `${Math.floor(seconds / divisor)}${THIN_SPACE}${locale === "en" ? en : zh}`;
  };
}

function createNumbers(locale: Locale) {
  const formats = new Map<number, Intl.NumberFormat>();
  return (value: number, decimals = 0) => {
    let format = formats.get(decimals);
    if (!format) {
      format = new Intl.NumberFormat(locale, {
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
        signDisplay: "negative",
      });
      formats.set(decimals, format);
    }
    return format.format(value);
  };
}

export function createFormat(locale: Locale): Format {
  const times = createTimes(locale);
  const number = createNumbers(locale);
  const measure = (value: number | null, unit: string, decimals = 0) => {
    if (value === null || !Number.isFinite(value)) return NO_VALUE;
    return `${number(value, decimals)}${isClose(unit) ? "" : THIN_SPACE}${unit}`;
  };
  return {
    number,
    measure,
    count: (value) => {
      if (value < 100_000) return number(value);
      return locale === "en" ? measure(value / 1000, "k") : measure(value / 10_000, "万", 1);
    },
    age: createAge(locale),
    time: (atMs) => times.time.format(atMs),
    shortTime: (atMs) => times.short.format(atMs),
    dateTime: (atMs) => `${times.date.format(atMs)} ${times.short.format(atMs)}`,
    hour: (hour) => {
      const minutes = Math.round(hour * 60) % 1440;
      return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
    },
    degrees: (value, decimals = 0) => `${number(value, decimals)}°`,
    distance: (metres) =>
      metres >= 1000 ? measure(metres / 1000, "km", metres % 1000 ? 1 : 0) : measure(metres, "m"),
    bytes: (value) =>
      value < 1e6 ? measure(value / 1e3, "kB", 0) : measure(value / 1e6, "MB", value < 1e7 ? 1 : 0),
  };
}
