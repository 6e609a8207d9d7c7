/**
 * Sixteen hex digits that are equal for equal plain data, whatever the order of an object's keys. Maps and sets count as their
 * entries in order. For comparing replays, not for security (two 32-bit mixes after cyrb53, public domain).
 */
export function stateHash(value: unknown): string {
  const hash = new TextHash();
  hash.add(canonical(value));
  return hash.digest();
}

/** The hash of a text that is given piece by piece. */
export class TextHash {
  #a = 0xdeadbeef;
  #b = 0x41c6ce57;

  add(text: string): void {
    let [a, b] = [this.#a, this.#b];
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      a = Math.imul(a ^ code, 2654435761);
      b = Math.imul(b ^ code, 1597334677);
    }
    this.#a = a;
    this.#b = b;
  }

  digest(): string {
    const [a, b] = [this.#a, this.#b];
    const x = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
    const y = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(x ^ (x >>> 13), 3266489909);
    return [y, x].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }
}

/** JSON with sorted keys; NaN and infinities keep their names, which JSON would lose. */
function canonical(value: unknown): string {
  if (typeof value === "number") return Object.is(value, -0) ? "0" : String(value);
  if (value instanceof Map || value instanceof Set) return canonical([...value]);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(",")}}`;
}
