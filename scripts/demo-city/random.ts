/** Seeded random numbers: the same seed gives the same city on every machine. */
export interface Random {
  /** 0 <= x < 1 */
  next(): number;
  /** low <= x < high */
  range(low: number, high: number): number;
  /** low <= n <= high */
  int(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** A key of `weights`, by weight; weights of 0 or less are never taken. */
  weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K;
}

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state are plenty for a picture of a city. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const range = (low: number, high: number): number => low + (high - low) * next();
  return {
    next,
    range,
    int: (low, high) => Math.floor(range(low, high + 1)),
    chance: (probability) => next() < probability,
    pick: <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)]!,
    weighted: <K extends string>(weights: Readonly<Partial<Record<K, number>>>): K => {
      const entries = Object.entries(weights) as [K, number][];
      const total = entries.reduce((sum, [, weight]) => sum + Math.max(0, weight), 0);
      let at = next() * total;
      for (const [key, weight] of entries) {
        at -= Math.max(0, weight);
        if (at < 0) return key;
      }
      return entries[entries.length - 1]![0];
    },
  };
}

/** A stable seed out of text and whole numbers (FNV-1a). */
export function seedOf(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const character of parts.join("|")) {
    hash ^= character.codePointAt(0)!;
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/** Smooth value noise in 0..1 with one feature per unit of x and y. */
export function valueNoise(seed: number, x: number, y: number): number {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const fx = smooth(x - x0);
  const fy = smooth(y - y0);
  const a = latticeValue(seed, x0, y0) * (1 - fx) + latticeValue(seed, x0 + 1, y0) * fx;
  const b = latticeValue(seed, x0, y0 + 1) * (1 - fx) + latticeValue(seed, x0 + 1, y0 + 1) * fx;
  return a * (1 - fy) + b * fy;
}

/** 0..1, uncorrelated between neighbouring whole numbers. */
export function latticeValue(seed: number, x: number, y: number): number {
  let h = (seed ^ Math.imul(x | 0, 0x27d4eb2d) ^ Math.imul(y | 0, 0x165667b1)) >>> 0;
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

const smooth = (t: number): number => t * t * (3 - 2 * t);
