import { TwinError } from "../../src/base/errors.ts";
import { ecefFromEnu, ecefFromGeodetic } from "../../src/geo/ellipsoid.ts";
import { SeenAttributes } from "./attributes.ts";
import { CityIndex } from "./city-index.ts";
import type { CityIssue, CityOptions, RecordSpill, StandardColumns } from "./contract.ts";
import { cutSurfaces } from "./cut-surfaces.ts";
import { FeatureFacts } from "./feature-facts.ts";
import { NO_USE } from "./fields.ts";
import { type Anchor, anchorOf, shapeFootprint } from "./footprint-shape.ts";
import { IssueLog } from "./issue-log.ts";
import type { RawFeature, ReaderSink } from "./raw-feature.ts";
import { HEIGHT_SOURCES, type RecordGeometry, RecordWriter } from "./records.ts";
import type { RingFault } from "./ring-repair.ts";
import { hashNumbers, hashText, SeenIds } from "./seen-ids.ts";
import { createToGeodetic, type ToGeodetic } from "./to-geodetic.ts";

const FAULT_WORDS: Readonly<Record<RingFault, string>> = {
  not_finite: "coordinates that are no numbers were left out",
  unclosed: "a ring was not closed; it was closed",
  repeated_vertex: "vertices on top of each other were left out",
  self_intersection: "a ring crosses itself; it was taken apart at its crossings",
  winding: "a ring turned the wrong way; it was turned",
  zero_area: "a ring without an area was left out",
};

interface Solid {
  readonly geometry: RecordGeometry;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly base: number;
  readonly height: number;
  readonly heightSource: number;
  readonly area: number;
  readonly size: number;
  readonly corners: number;
}

/** Takes features from readers, judges and repairs them, and stores what can be built. */
export class FeatureCollector implements ReaderSink {
  readonly index = new CityIndex();
  readonly records: RecordWriter;
  readonly issues = new IssueLog();
  readonly attributes: SeenAttributes;
  /** Coordinate systems in use, in order of appearance. */
  readonly systems = new Set<string>();
  read = 0;
  readonly #facts: FeatureFacts;
  readonly #ids = new SeenIds();
  readonly #has = { name: false, use: false, floors: false, year: false, heightSource: false };
  readonly bounds: [number, number, number, number] = [180, 90, -180, -90];
  #input = "";
  #toGeodetic: ToGeodetic | null = null;

  constructor(
    private readonly options: CityOptions,
    spill: RecordSpill | null = null,
  ) {
    this.records = new RecordWriter(spill);
    this.attributes = new SeenAttributes(options);
    this.#facts = new FeatureFacts(this.attributes, options);
  }

  get present(): StandardColumns {
    return this.#has;
  }

  begin(input: string): void {
    this.#input = input;
    this.#toGeodetic = null;
    if (this.options.crs) this.#takeSystem(this.options.crs);
  }

  crs(name: string): void {
    if (this.options.crs) return;
    const used = this.#toGeodetic;
    if (!used) {
      this.#takeSystem(name);
      return;
    }
    const late = createToGeodetic(name, this.options.gcj02 === true);
    if (late.label === used.label || (late.isIdentity && used.isIdentity)) return;
    throw new TwinError(
      "crs.late",
      `${this.#input} names its coordinate system (${name}) only after features that were read as ${used.label}. Name it with --crs.`,
      { file: this.#input, crs: name },
    );
  }

  #takeSystem(crs: string): void {
    this.#toGeodetic = createToGeodetic(crs, this.options.gcj02 === true);
    this.systems.add(this.#toGeodetic.label);
  }

  feature(raw: RawFeature): void {
    this.read++;
    if (!this.#toGeodetic) this.#takeSystem("EPSG:4326");
    const facts = this.#facts;
    facts.read(raw);
    if (raw.problem) {
      this.#refuse(raw, "geometry.unusable", raw.problem);
      return;
    }
    this.#toGeodetic!.convert(raw.xyz, raw.vertices);
    const anchor = anchorOf(raw);
    if (typeof anchor === "string") {
      this.#refuse(raw, "coordinates.range", anchor);
      return;
    }
    const place: [number, number] = [anchor.longitudeDeg, anchor.latitudeDeg];
    const faults = new Set<RingFault>();
    const solid =
      raw.kind === "surfaces" ? this.#surfaces(raw, anchor) : this.#footprint(raw, anchor, faults);
    if (!solid) {
      this.#refuse(raw, "geometry.no_area", "none of its rings encloses an area", place);
      return;
    }
    const id = this.#identify(raw, solid, place);
    if (id === null) return;
    for (const fault of faults) this.#note(raw, id, `ring.${fault}`, "repaired", FAULT_WORDS[fault], place);
    if (raw.skippedParts > 0)
      this.#note(
        raw,
        id,
        "geometry.parts",
        "repaired",
        `${raw.skippedParts} parts without an area were left out`,
        place,
      );
    this.#noteHeight(raw, id, solid, place);
    this.#store(id, solid);
  }

  #footprint(raw: RawFeature, anchor: Anchor, faults: Set<RingFault>): Solid | null {
    const shape = shapeFootprint(raw, anchor, faults);
    if (!shape) return null;
    const facts = this.#facts;
    const { floorHeight, defaultHeight, geoid } = this.options;
    const height = facts.height ?? (facts.floors ? facts.floors * floorHeight : defaultHeight);
    const source = facts.height !== null ? "given" : facts.floors ? "floors" : "assumed";
    return {
      geometry: { kind: "footprint", polygons: shape.polygons },
      longitudeDeg: anchor.longitudeDeg,
      latitudeDeg: anchor.latitudeDeg,
      base: anchor.lowest + geoid,
      height,
      heightSource: HEIGHT_SOURCES.indexOf(source),
      area: shape.area,
      size: Math.hypot(2 * height, shape.diagonal),
      corners: shape.corners,
    };
  }

  /** Surfaces go into metres around the anchor, at the height of the lowest vertex. */
  #surfaces(raw: RawFeature, anchor: Anchor): Solid | null {
    const base = anchor.lowest + this.options.geoid;
    const frame = ecefFromEnu({
      longitudeDeg: anchor.longitudeDeg,
      latitudeDeg: anchor.latitudeDeg,
      height: base,
    });
    const local = new Float32Array(raw.vertices * 3);
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let at = 0; at < local.length; at += 3) {
      const height = raw.xyz[at + 2]! + this.options.geoid;
      const [x, y, z] = ecefFromGeodetic({
        longitudeDeg: raw.xyz[at]!,
        latitudeDeg: raw.xyz[at + 1]!,
        height,
      });
      const [dx, dy, dz] = [x - frame[12]!, y - frame[13]!, z - frame[14]!];
      for (let axis = 0; axis < 3; axis++)
        local[at + axis] = frame[axis * 4]! * dx + frame[axis * 4 + 1]! * dy + frame[axis * 4 + 2]! * dz;
      box[0] = Math.min(box[0]!, local[at]!);
      box[1] = Math.min(box[1]!, local[at + 1]!);
      box[2] = Math.max(box[2]!, local[at]!);
      box[3] = Math.max(box[3]!, local[at + 1]!);
    }
    const { polygons, surfaceKinds, corners } = cutSurfaces(raw, local);
    raw.skippedParts += raw.polygonEnds.length - polygons.length;
    if (polygons.length === 0) return null;
    const extent = anchor.highest - anchor.lowest;
    const [w, d] = [box[2]! - box[0]!, box[3]! - box[1]!];
    return {
      geometry: { kind: "surfaces", polygons, surfaceKinds },
      longitudeDeg: anchor.longitudeDeg,
      latitudeDeg: anchor.latitudeDeg,
      base,
      height: this.#facts.height ?? extent,
      heightSource: HEIGHT_SOURCES.indexOf(this.#facts.height === null ? "geometry" : "given"),
      area: w * d,
      size: Math.hypot(2 * extent, w, d),
      corners: 1000 + corners,
    };
  }

  /** The id under which it is built, made unique; null when the very same feature was there before. */
  #identify(raw: RawFeature, solid: Solid, place: [number, number]): string | null {
    const { longitudeDeg, latitudeDeg, area, height } = solid;
    const shape = hashNumbers(
      Math.round(longitudeDeg * 1e6),
      Math.round(latitudeDeg * 1e6),
      Math.round(area),
    );
    const given = this.#facts.id;
    const id = given ?? `b${shape.toString(36)}`;
    const exact = hashNumbers(shape, Math.round(height * 100));
    const met = this.#ids.meet(hashText(id), exact);
    if (met === "first") return id;
    if (met === "same") {
      this.#refuse(
        raw,
        "feature.duplicate",
        `a feature ${id} of the same place and size was built already`,
        place,
      );
      return null;
    }
    for (let n = 2; ; n++) {
      const other = `${id}#${n}`;
      const again = this.#ids.meet(hashText(other), exact);
      if (again === "other") continue;
      if (again === "same") {
        this.#refuse(
          raw,
          "feature.duplicate",
          `a feature ${id} of the same place and size was built already`,
          place,
        );
        return null;
      }
      this.#note(
        raw,
        other,
        "id.duplicate",
        "repaired",
        `another feature is called ${id}; this one became ${other}`,
        place,
      );
      return other;
    }
  }

  #noteHeight(raw: RawFeature, id: string, { heightSource, height }: Solid, place: [number, number]): void {
    const wrong = this.#facts.wrongHeight;
    const source = HEIGHT_SOURCES[heightSource];
    if (source === "given" || source === "geometry") return;
    const reason = wrong === null ? "no height is given" : `the height ${wrong} cannot be`;
    const what = source === "floors" ? "made from floors" : "assumed";
    if (wrong !== null || source === "assumed")
      this.#note(
        raw,
        id,
        wrong === null ? "height.missing" : "height.implausible",
        "repaired",
        `${reason}; ${height} m ${what}`,
        place,
      );
  }

  #store(id: string, solid: Solid): void {
    const facts = this.#facts;
    const { longitudeDeg, latitudeDeg, base, height, heightSource, size, corners } = solid;
    const { name, floors, use, year, attributes, count } = facts;
    facts.commit();
    const has = this.#has;
    has.name ||= name !== "";
    has.use ||= use !== NO_USE;
    has.floors ||= floors > 0;
    has.year ||= year > 0;
    has.heightSource ||= heightSource !== 0;
    const head = { longitudeDeg, latitudeDeg, base, height, floors, year, use, heightSource, id, name };
    const address = this.records.add(head, attributes, count, solid.geometry);
    this.index.add({ address, longitudeDeg, latitudeDeg, size, base, corners });
    const { bounds } = this;
    bounds[0] = Math.min(bounds[0], longitudeDeg);
    bounds[1] = Math.min(bounds[1], latitudeDeg);
    bounds[2] = Math.max(bounds[2], longitudeDeg);
    bounds[3] = Math.max(bounds[3], latitudeDeg);
  }

  #refuse(raw: RawFeature, code: string, what: string, place?: readonly [number, number]): void {
    this.#note(raw, this.#facts.id ?? raw.id ?? "", code, "refused", what, place);
  }

  #note(
    raw: RawFeature,
    id: string,
    code: string,
    outcome: CityIssue["outcome"],
    what: string,
    place?: readonly [number, number],
  ): void {
    const { index } = raw;
    const base = { code, outcome, input: this.#input, index, id, what };
    this.issues.add(place ? { ...base, place: [round(place[0]), round(place[1])] } : base);
  }
}

function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}
