import type { FoundPlace, PlaceKind } from "../../src/domain/found-place.ts";
import type { LocalText } from "../../src/domain/provenance.ts";

/** How the name of a place is spoken: `shen yang` and `sy`; several readings where a letter has them. */
export type Speak = (text: string) => {
  readonly full: readonly string[];
  readonly initials: readonly string[];
};

interface Entry {
  readonly place: FoundPlace;
  readonly zh: string;
  readonly en: string;
  /** Codes and ids that it is found by, whole or from the start. */
  readonly codes: readonly string[];
}

const KINDS: Readonly<Record<string, PlaceKind>> = {
  district: "division",
  label: "landmark",
  station: "station",
  road: "road",
  "ring-road": "road",
  park: "park",
  river: "water",
  water: "water",
};
/** Kinds that people mean first, by equal fit. */
const ORDER: readonly PlaceKind[] = [
  "division",
  "landmark",
  "station",
  "park",
  "water",
  "road",
  "facility",
  "building",
];
const M_PER_DEG = 111_195;

/** Places by name: Chinese, English, pinyin in full or by initials, codes. */
export class PlaceIndex {
  readonly #entries: readonly Entry[];
  readonly #speak: Speak;
  #spoken: readonly ReturnType<Speak>[] | null = null;

  constructor(places: readonly FoundPlace[], codes: ReadonlyMap<string, string>, speak: Speak) {
    this.#entries = places.map((place) => ({
      place,
      zh: place.name.zh.toLowerCase(),
      en: place.name.en.toLowerCase(),
      codes: [codes.get(place.name.zh), place.id].filter((code): code is string => code !== undefined),
    }));
    this.#speak = speak;
  }

  get count(): number {
    return this.#entries.length;
  }

  find(text: string, limit: number): readonly FoundPlace[] {
    const wanted = text.trim().toLowerCase();
    if (wanted === "") return [];
    const isLatin = /^[a-zü' ]+$/.test(wanted);
    const letters = wanted.replace(/[ ']/g, "");
    const spoken = isLatin ? this.#readings() : null;
    const found = this.#entries.flatMap((entry, i) => {
      const score = Math.max(scoreOf(entry, wanted), spoken ? spokenScore(spoken[i]!, letters) : 0);
      return score > 0 ? [{ place: entry.place, score, i }] : [];
    });
    const rank = ({ kind }: FoundPlace) => ORDER.indexOf(kind);
    return found
      .sort((a, b) => b.score - a.score || rank(a.place) - rank(b.place) || a.i - b.i)
      .slice(0, limit)
      .map(({ place }) => place);
  }

  /** Names are read aloud at the first question in Latin letters: it takes a while for thousands. */
  #readings(): readonly ReturnType<Speak>[] {
    this.#spoken ??= this.#entries.map(({ place }) => this.#speak(place.name.zh));
    return this.#spoken;
  }
}

function scoreOf({ zh, en, codes }: Entry, wanted: string): number {
  if (/^\d{2,12}$/.test(wanted)) return codes.some((code) => code.startsWith(wanted)) ? 90 : 0;
  if (zh === wanted || en === wanted) return 100;
  if (zh.startsWith(wanted) || en.startsWith(wanted)) return 80;
  if (zh.includes(wanted)) return 60;
  return wanted.length > 2 && en.includes(wanted) ? 50 : 0;
}

function spokenScore({ full, initials }: ReturnType<Speak>, letters: string): number {
  if (letters.length < 2) return 0;
  if (full.includes(letters) || initials.includes(letters)) return 85;
  if (full.some((one) => one.startsWith(letters))) return 70;
  if (initials.some((one) => one.startsWith(letters))) return 55;
  return letters.length > 3 && full.some((one) => one.includes(letters)) ? 40 : 0;
}

interface BaseFeature {
  readonly properties: {
    readonly kind: string;
    readonly name?: string;
    readonly nameEn?: string;
    readonly class?: string;
  };
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
}

/** Named things of `base.json`; roads once for all their pieces. */
export function basePlaces(json: unknown): FoundPlace[] {
  const features = ((json as { features?: unknown } | null)?.features ?? []) as readonly BaseFeature[];
  const seen = new Set<string>();
  return features.flatMap(({ properties, geometry }, i): FoundPlace[] => {
    const kind = KINDS[properties.kind];
    const name = { zh: properties.name ?? "", en: properties.nameEn ?? properties.name ?? "" };
    const box = boxOf(geometry.coordinates);
    if (!kind || name.zh === "" || !box || seen.has(`${kind} ${name.zh}`)) return [];
    seen.add(`${kind} ${name.zh}`);
    const line = kind === "station" ? (properties.class ?? "") : "";
    return [{ id: `base-${i}`, kind, name, note: { zh: line, en: line }, ...middleOf(box) }];
  });
}

interface Facility {
  readonly id: string;
  readonly name: LocalText;
  readonly at: readonly [number, number];
}

export function facilityPlaces(json: unknown): FoundPlace[] {
  const facilities = ((json as { facilities?: unknown } | null)?.facilities ?? []) as readonly Facility[];
  return facilities.map(({ id, name, at: [longitudeDeg, latitudeDeg] }) => ({
    id,
    kind: "facility",
    name,
    note: { zh: id, en: id },
    longitudeDeg,
    latitudeDeg,
    size: 200,
  }));
}

interface Division {
  readonly code: string;
  readonly name: LocalText;
  readonly city?: string;
  readonly at?: readonly [number, number];
}

/** Codes by name, and those divisions that have a place of their own in the list. */
export function divisionPlaces(json: unknown): { places: FoundPlace[]; codes: Map<string, string> } {
  const divisions = ((json as { divisions?: unknown } | null)?.divisions ?? []) as readonly Division[];
  return {
    codes: new Map(divisions.map(({ code, name }) => [name.zh, code])),
    places: divisions.flatMap(({ code, name, at }): FoundPlace[] =>
      at
        ? [
            {
              id: code,
              kind: "division",
              name,
              note: { zh: code, en: code },
              longitudeDeg: at[0],
              latitudeDeg: at[1],
              size: 30_000,
            },
          ]
        : [],
    ),
  };
}

type Box = [number, number, number, number];

function boxOf(coordinates: unknown, box: Box = [180, 90, -180, -90]): Box | null {
  const visit = (value: unknown): void => {
    if (!Array.isArray(value)) return;
    const [lon, lat] = value as [unknown, unknown];
    if (typeof lon !== "number" || typeof lat !== "number") {
      for (const part of value) visit(part);
      return;
    }
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  };
  visit(coordinates);
  return box[0] <= box[2] ? box : null;
}

function middleOf([west, south, east, north]: Box) {
  const latitudeDeg = (south + north) / 2;
  const wide = (east - west) * Math.cos((latitudeDeg * Math.PI) / 180);
  return {
    longitudeDeg: (west + east) / 2,
    latitudeDeg,
    size: Math.max(150, Math.hypot(wide, north - south) * M_PER_DEG),
  };
}
