const LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const BEIJING_MS = 8 * 3_600_000;

/**
 * An id that people can read out: city, Beijing date and time, four letters or figures without look-alikes (`SY-0722-1030-K7QF`).
 * `randomBytes` has four values 0-255.
 */
export function newIncidentId(
  city: string,
  nowMs: number,
  randomBytes: Uint8Array = crypto.getRandomValues(new Uint8Array(4)),
): string {
  const [, month, day, hour, minute] = /-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(
    new Date(nowMs + BEIJING_MS).toISOString(),
  )!;
  const letters = Array.from(randomBytes, (byte) => LETTERS[byte % LETTERS.length]).join("");
  const place = city === "dalian" ? "DL" : city === "shenyang" ? "SY" : city.slice(0, 2).toUpperCase();
  return `${place}-${month}${day}-${hour}${minute}-${letters}`;
}
