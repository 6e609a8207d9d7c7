import { type RawFeature, type RawValue, SURFACE_KINDS } from "./raw-feature.ts";

interface Polygon {
  readonly kind: number;
  /** x, y, z per vertex of each ring. */
  readonly rings: number[][];
}

const FINEST_LOD = 3;

/** A city object while its element is open. */
export class CityGmlFeature {
  parent: CityGmlFeature | null = null;
  /** Surfaces that are named elsewhere. */
  references = 0;
  hasImplicit = false;
  #hasParts = false;
  readonly #attributes = new Map<string, RawValue>();
  readonly #polygons = new Map<number, Polygon[]>();
  #polygon: Polygon | null = null;
  #ring: number[] = [];

  constructor(
    readonly type: string,
    readonly id: string | null,
  ) {}

  attribute(name: string, text: string, isNumber: boolean): void {
    const number = Number(text);
    const value = isNumber && Number.isFinite(number) ? number : text;
    const known = this.#attributes.get(name);
    this.#attributes.set(name, known === undefined || known === value ? value : `${known}; ${text}`);
  }

  openPolygon(lod: number, kind: number): void {
    this.#polygon = { kind, rings: [] };
    const known = this.#polygons.get(lod);
    if (known) known.push(this.#polygon);
    else this.#polygons.set(lod, [this.#polygon]);
  }

  addPositions(text: string, dimension: number, isSwapped: ((first: number) => boolean) | null): void {
    const numbers = text.trim().split(/\s+/).map(Number);
    const step = dimension === 2 ? 2 : 3;
    for (let at = 0; at + step <= numbers.length; at += step) {
      const [first, second] = [numbers[at]!, numbers[at + 1]!];
      const z = step === 3 ? numbers[at + 2]! : 0;
      if (isSwapped?.(first)) this.#ring.push(second, first, z);
      else this.#ring.push(first, second, z);
    }
  }

  closeRing(): void {
    if (this.#polygon && this.#ring.length >= 9) this.#polygon.rings.push(this.#ring);
    this.#ring = [];
  }

  closePolygon(): void {
    this.#polygon = null;
  }

  /** It has no geometry of its own, but its parts have: they take over its attributes. */
  isOnlyGroup(): boolean {
    if (this.parent) this.parent.#hasParts = true;
    return this.#hasParts && this.#polygons.size === 0;
  }

  fill(raw: RawFeature): void {
    raw.id = this.id;
    raw.attribute("cityObject", this.type);
    const lod = this.#finestLod();
    if (lod === null) raw.problem = this.#reasonForNothing();
    else this.#fillGeometry(raw, lod);
    if (this.parent?.id) raw.attribute("parent", this.parent.id);
    const known = new Set(raw.keys);
    for (let one: CityGmlFeature | null = this; one; one = one.parent)
      for (const [key, value] of one.#attributes) {
        if (known.has(key)) continue;
        known.add(key);
        raw.attribute(key, value);
      }
  }

  #reasonForNothing(): string {
    if (this.hasImplicit) return "its geometry is a shared template, which is not read";
    return this.references > 0 ? "its surfaces are references to other objects" : "it has no surfaces";
  }

  #finestLod(): number | null {
    const lods = [...this.#polygons]
      .filter(([, polygons]) => polygons.some(({ rings }) => rings.length > 0))
      .map(([lod]) => lod)
      .sort((a, b) => b - a);
    return lods.find((lod) => lod <= FINEST_LOD) ?? lods[0] ?? null;
  }

  #fillGeometry(raw: RawFeature, lod: number): void {
    const isBuilding = this.type.startsWith("Building");
    raw.kind = lod <= 0 && isBuilding ? "footprint" : "surfaces";
    raw.hasZ = true;
    raw.anyWinding = true;
    raw.attribute("lod", String(Math.max(0, lod)));
    for (const { kind, rings } of this.#polygons.get(lod)!) {
      if (rings.length === 0) {
        raw.skippedParts++;
        continue;
      }
      for (const ring of rings) {
        for (let at = 0; at < ring.length; at += 3) raw.vertex(ring[at]!, ring[at + 1]!, ring[at + 2]!);
        raw.endRing();
      }
      raw.endPolygon(isBuilding ? kind : SURFACE_KINDS.indexOf("ground"));
    }
  }
}
