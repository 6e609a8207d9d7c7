import { TwinError } from "../../src/base/errors.ts";
import { type RawFeature, type ReaderSink, SHAPE } from "../city/raw-feature.ts";
import { createToGeodetic, type ToGeodetic } from "../city/to-geodetic.ts";
import { chooseCrs } from "./choose-crs.ts";
import { classStyles, type StyledRaw } from "./class-styles.ts";
import type { OpenOptions } from "./contract.ts";
import { type FeatureSet, FeatureSetBuilder, type FeatureStyle, NO_STYLE } from "./feature-set.ts";
import { FeatureTable } from "./feature-table.ts";
import { IssueList } from "./issue-list.ts";

export interface CollectOptions extends OpenOptions {
  /** Heights in the file are not taken: everything lies on the ground. */
  readonly ignoresHeights?: boolean;
}

/** Takes what readers find: into WGS 84, checked, stored in flat arrays; what cannot be shown is listed with its place. */
export class FeatureCollector implements ReaderSink {
  readonly takesAll = true;
  readonly issues = new IssueList();
  refused = 0;
  read = 0;
  readonly #options: CollectOptions;
  readonly #builder = new FeatureSetBuilder(new FeatureTable());
  readonly #styleOf: ((raw: RawFeature) => StyledRaw) | null;
  #toGeodetic: ToGeodetic | null = null;
  #isSwapped = false;

  constructor(options: CollectOptions) {
    this.#options = options;
    this.#styleOf = options.style ? classStyles(options.style) : null;
    if (options.crs) this.#take(options.crs);
  }

  /** What coordinates were read as; empty before the first feature of a file that does not say. */
  get system(): string {
    return this.#toGeodetic?.label ?? "";
  }

  get shown(): number {
    return this.#builder.count;
  }

  crs(name: string): void {
    if (this.#options.crs || name === "") return;
    this.#take(name);
  }

  feature(raw: RawFeature, style: FeatureStyle = NO_STYLE): void {
    this.read++;
    if (raw.problem !== null || raw.vertices === 0) {
      this.#refuse(raw, "geometry.unusable", raw.problem ?? "it has no geometry");
      return;
    }
    if (!this.#toGeodetic) this.#choose(raw);
    if (this.#isSwapped) swapAxes(raw);
    this.#toGeodetic!.convert(raw.xyz, raw.vertices);
    const fault = faultOf(raw);
    if (fault) {
      this.#refuse(raw, "coordinates.range", fault);
      return;
    }
    if (!hasShape(raw)) {
      this.#refuse(raw, "geometry.unusable", "it has too few corners for its kind");
      return;
    }
    if (raw.skippedParts > 0)
      this.#note(raw, "geometry.parts", `${raw.skippedParts} of its parts cannot be shown and were left out`);
    this.#store(raw, style);
  }

  finish(): FeatureSet {
    return this.#builder.finish();
  }

  #take(crs: string): void {
    this.#toGeodetic = createToGeodetic(crs, this.#options.gcj02 === true);
  }

  /** No system is named: the numbers of the first feature decide. */
  #choose(raw: RawFeature): void {
    const [x, y] = [raw.xyz[0]!, raw.xyz[1]!];
    const guess = chooseCrs(x, y, this.#options.near);
    if (!guess && Number.isFinite(x) && Number.isFinite(y))
      throw new TwinError(
        "crs.missing",
        `The file names no coordinate system, and none fits its numbers (${x}, ${y}). Add a .prj file, or give the system's EPSG code.`,
        { x, y },
      );
    if (!guess) {
      this.#take("EPSG:4326");
      return;
    }
    this.#isSwapped = guess.isSwapped;
    this.#take(guess.crs);
    if (guess.crs !== "EPSG:4326")
      this.issues.once("crs.chosen", `No coordinate system is named; the numbers fit ${guess.crs}.`);
  }

  #store(raw: RawFeature, own: FeatureStyle): void {
    const builder = this.#builder;
    const { style, height } = this.#styleOf?.(raw) ?? { style: own, height: null };
    builder.begin(style);
    const hasOwn = raw.hasZ && this.#options.ignoresHeights !== true && holdsHeights(raw);
    const hasHeight = hasOwn || height !== null;
    let ring = 0;
    let vertex = 0;
    raw.polygonEnds.forEach((ringEnd, shape) => {
      const kind = raw.surfaceKinds[shape]!;
      for (; ring < ringEnd; ring++) {
        const end = raw.ringEnds[ring]!;
        const isKept = end - vertex >= leastVertices(kind);
        for (; vertex < end; vertex++)
          if (isKept)
            builder.vertex(
              raw.xyz[vertex * 3]!,
              raw.xyz[vertex * 3 + 1]!,
              height ?? (hasOwn ? raw.xyz[vertex * 3 + 2]! : 0),
            );
        if (isKept) builder.endRing();
      }
      builder.endShape(kind, hasHeight);
    });
    const feature = builder.count - 1;
    const { table } = builder;
    if (raw.id !== null) table.set(feature, "id", raw.id);
    raw.keys.forEach((key, k) => {
      table.set(feature, key, raw.values[k] ?? null);
    });
  }

  #refuse(raw: RawFeature, code: string, what: string): void {
    this.refused++;
    this.issues.add({ code, severity: "error", message: `It is not shown: ${what}.`, place: placeOf(raw) });
  }

  #note(raw: RawFeature, code: string, what: string): void {
    this.issues.add({ code, severity: "warning", message: `${what}.`, place: placeOf(raw) });
  }
}

function placeOf(raw: RawFeature): string {
  return raw.id === null ? `#${raw.index + 1}` : `#${raw.index + 1} ${raw.id}`;
}

function swapAxes({ xyz, vertices }: RawFeature): void {
  for (let at = 0; at < vertices * 3; at += 3) {
    const x = xyz[at]!;
    xyz[at] = xyz[at + 1]!;
    xyz[at + 1] = x;
  }
}

function leastVertices(kind: number): number {
  return kind === SHAPE.area ? 3 : kind === SHAPE.line ? 2 : 1;
}

function hasShape(raw: RawFeature): boolean {
  let ring = 0;
  return raw.polygonEnds.some((ringEnd, shape) => {
    const least = leastVertices(raw.surfaceKinds[shape]!);
    let isGood = false;
    for (; ring < ringEnd; ring++)
      isGood ||= raw.ringEnds[ring]! - (ring === 0 ? 0 : raw.ringEnds[ring - 1]!) >= least;
    return isGood;
  });
}

/** Zero everywhere says nothing of heights. */
function holdsHeights({ xyz, vertices }: RawFeature): boolean {
  for (let at = 2; at < vertices * 3; at += 3) if (xyz[at] !== 0) return Number.isFinite(xyz[at]);
  return false;
}

function faultOf({ xyz, vertices }: RawFeature): string | null {
  for (let at = 0; at < vertices * 3; at += 3) {
    const [x, y] = [xyz[at]!, xyz[at + 1]!];
    if (!Number.isFinite(x) || !Number.isFinite(y)) return "a coordinate is not a number, or off its map";
    if (Math.abs(x) > 180 || Math.abs(y) > 90)
      return `a coordinate (${x.toFixed(3)}, ${y.toFixed(3)}) is not on the earth`;
  }
  return null;
}
