import { CITIES } from "../../domain/city.ts";
import type { FoundPlace } from "../../domain/found-place.ts";
import { parsePlace } from "../../domain/place-text.ts";
import { parseQuery } from "../../domain/reading/query.ts";
import type { Translator } from "../../i18n/translator.ts";
import type { Stores } from "../../state/stores.ts";
import type { PaletteEntry } from "./entry.ts";

const FARTHEST_RANGE = 90_000;

/** A typed place becomes a flight there: degrees, degrees and minutes, or metres of a CGCS2000 zone. */
export function coordinateEntry(text: string, stores: Stores, t: Translator): PaletteEntry | null {
  const place = parsePlace(text, CITIES[stores.city.get().city].epsg);
  if (!place) return null;
  const { longitudeDeg, latitudeDeg, crs } = place;
  const shown = { longitude: rounded(longitudeDeg), latitude: rounded(latitudeDeg) };
  return {
    id: "coordinates",
    group: "places",
    title: crs ? t("palette.projected", { ...shown, crs }) : t("palette.coordinates", shown),
    keywords: text,
    commands: [{ type: "fly-to", longitudeDeg, latitudeDeg, height: 60, range: 1800 }],
  };
}

const rounded = (deg: number): number => Math.round(deg * 1e6) / 1e6;

/** Found places: flown to, from as far as they are wide. */
export function placeEntries(found: readonly FoundPlace[], t: Translator): readonly PaletteEntry[] {
  return found.map(({ id, kind, name, note, longitudeDeg, latitudeDeg, size }) => ({
    id: `place ${kind} ${id}`,
    group: "places",
    title: t.text(name),
    keywords: `${name.zh} ${name.en}`,
    hint: [t(`place.${kind}`), t.text(note)].filter(Boolean).join(" · "),
    commands: [
      {
        type: "fly-to",
        longitudeDeg,
        latitudeDeg,
        height: 30,
        range: Math.min(FARTHEST_RANGE, Math.max(600, size * 1.2)),
        pitchDeg: -42,
      },
    ],
  }));
}

/** A typed condition becomes a table of the buildings that fulfil it, and a search in each model. */
export function conditionEntries(text: string, stores: Stores, t: Translator): readonly PaletteEntry[] {
  const wanted = text.trim();
  const isCondition = parseQuery(wanted).some(({ kind }) => kind === "compare");
  const city = stores.layers.get().layers.find(({ kind }) => kind === "city");
  const buildings: PaletteEntry[] =
    isCondition && city
      ? [
          {
            id: "buildings-where",
            group: "buildings",
            title: t("palette.buildingsWhere", { filter: wanted }),
            keywords: wanted,
            commands: [{ type: "open-table", id: city.id, filter: wanted }],
          },
        ]
      : [];
  const models = wanted.length < 2 ? [] : stores.models.get().models;
  return [
    ...buildings,
    ...models.map(
      ({ id, name }): PaletteEntry => ({
        id: `elements ${id}`,
        group: "models",
        title: t("palette.elementsWhere", { name, query: wanted }),
        keywords: wanted,
        commands: [
          { type: "open-building", id },
          { type: "set-reading-panel", panel: "search" },
          { type: "search-elements", id, query: wanted },
        ],
      }),
    ),
  ];
}
