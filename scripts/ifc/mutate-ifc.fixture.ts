/** Test support: damaged twins of IFC files, the same every time. */

/** Uniform numbers in [0, 1): the same seed, the same numbers (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

type Random = () => number;
const below = (random: Random, limit: number) => Math.floor(random() * limit);
const NUMBERS = [
  "1.E308",
  "-1.E308",
  "0.",
  "1.E-320",
  "NAN",
  "99999999999999999999",
  "-1.",
  "$",
  "*",
  "'x'",
  ".T.",
];

function cut(text: string, random: Random): string {
  return text.slice(0, below(random, text.length));
}

/** Cut short, but closed as it should be. */
function cutAndClose(text: string, random: Random): string {
  return `${cut(text, random)}\nENDSEC;\nEND-ISO-10303-21;\n`;
}

function flipLetters(text: string, random: Random): string {
  const letters = [...text];
  for (let n = 0; n < 1 + random() * 30; n++)
    letters[below(random, letters.length)] = String.fromCharCode(32 + below(random, 95));
  return letters.join("");
}

function repeatPiece(text: string, random: Random): string {
  const at = below(random, text.length);
  return text.slice(0, at + below(random, 600)) + text.slice(at);
}

/** Every so many statements lost. */
function loseStatements(text: string, random: Random): string {
  const share = random() * 0.1;
  return text
    .split("\n")
    .filter((line) => !line.startsWith("#") || random() > share)
    .join("\n");
}

/** References to anything, themselves and what refers to them among it. */
function rewire(text: string, random: Random): string {
  const ids = [...text.matchAll(/^#(\d+)\s*=/gm)].map((found) => found[1]!);
  const share = random() * 0.03;
  return text.replace(/([(,])#(\d+)(?=[,)])/g, (whole, before: string) =>
    random() < share ? `${before}#${ids[below(random, ids.length)] ?? "1"}` : whole,
  );
}

function oddNumbers(text: string, random: Random): string {
  const share = random() * 0.02;
  return text.replace(/([(,])-?\d+\.\d*(?:E-?\d+)?(?=[,)])/g, (whole, before: string) =>
    random() < share ? `${before}${NUMBERS[below(random, NUMBERS.length)]}` : whole,
  );
}

/** Attributes lost, doubled or swapped with their neighbours. */
function shiftAttributes(text: string, random: Random): string {
  const share = random() * 0.03;
  return text.replace(/,([^,()'\n]+),/g, (whole, inner: string) => {
    if (random() >= share) return whole;
    return [`,`, `,${inner},${inner},`, `,$,`, `,(${inner}),`][below(random, 4)]!;
  });
}

function otherEntities(text: string, random: Random): string {
  const names = [...new Set([...text.matchAll(/=\s*(IFC\w+)/g)].map((found) => found[1]!))];
  const share = random() * 0.03;
  return text.replace(/=\s*IFC\w+/g, (whole) =>
    random() < share ? `=${names[below(random, names.length)] ?? "IFCWALL"}` : whole,
  );
}

function loseQuotes(text: string, random: Random): string {
  const share = random() * 0.01;
  return text.replace(/['()]/g, (whole) => (random() < share ? "" : whole));
}

const MUTATIONS = [
  cut,
  cutAndClose,
  flipLetters,
  repeatPiece,
  loseStatements,
  rewire,
  rewire,
  oddNumbers,
  shiftAttributes,
  otherEntities,
  loseQuotes,
] as const;

/** A twin with one or two kinds of damage. */
export function mutateIfc(text: string, seed: number): string {
  const random = createRandom(seed);
  let twin = MUTATIONS[seed % MUTATIONS.length]!(text, random);
  if (random() < 0.3) twin = MUTATIONS[below(random, MUTATIONS.length)]!(twin, random);
  return twin;
}
