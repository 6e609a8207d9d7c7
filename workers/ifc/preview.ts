/**
 * What can be seen of a model while it is converted. First some large elements from all over it, made by a kernel that is
 * shown nothing else (opening a file of 60 MB takes a third of a conversion, this a hundredth); then, each time that as
 * long as so far has passed again, the largest of what has been made since. Takes at most a thirtieth of the time.
 */
import type { IfcAPI } from "web-ifc";
import { refOf } from "../../src/domain/ifc/ifc-values.ts";
import { readProjectUnits } from "../../src/domain/ifc/units.ts";
import { type Box, createTileset, encodeJson, unionBoxes } from "../tiles/tileset.ts";
import { MAX_TILE_FEATURES, writeGlbNow } from "../tiles/write-glb.ts";
import { Arena } from "./arena.ts";
import { bakeTile, engineeringBoxOf } from "./bake.ts";
import type { ConvertOptions, PreviewPart } from "./contract.ts";
import type { ElementMesh } from "./element-mesh.ts";
import { solveGeoreference } from "./georeference.ts";
import { IfcFile } from "./ifc-file.ts";
import type { IfcText } from "./ifc-text.ts";
import { ShapeIndex } from "./instances.ts";
import { isPoisoned, readSomeMeshes } from "./meshes.ts";
import { chooseLarge, partWith } from "./part-of-file.ts";
import { type AuthoredGeoreference, readGeoreference } from "./read-georeference.ts";
import { columnsOf, FITTING } from "./write-tiles.ts";

/** Files with less text about shapes are converted before a first look at them would be on the screen. */
const MIN_BYTES = 8e6;
/** Elements and milliseconds of the first look, by the size of that text. */
const ELEMENTS_PER_MB = 3;
const [MIN_ELEMENTS, MAX_ELEMENTS] = [50, 400];
const MS_PER_MB = 0.35;
const [MIN_FIRST_MS, MAX_FIRST_MS] = [8, 250];
/** So many are made when time is short, and more of it taken at most. */
const [LEAST_ELEMENTS, MOST_OVERTIME] = [24, 5];
/** Later looks: not before this time, and so seldom that all together take a thirtieth of it. */
const NEXT_MS = 600;
const COST_SHARE = 0.03;
const MAX_TRIANGLES = 25_000;
/** At 60 degrees of view and 900 pixels, a model shows from about fifty times this error away. */
const ERRORS_PER_SIZE = 4;

/** What the file says of lengths and of its place. */
export interface Readings {
  readonly lengthM: number;
  readonly authored: AuthoredGeoreference;
}

function lengthOf(file: IfcFile): number {
  const project = file.linesOf("IFCPROJECT")[0];
  const assignment = file.line(refOf(project?.UnitsInContext)) ?? file.linesOf("IFCUNITASSIGNMENT")[0];
  return readProjectUnits(file, assignment ?? null).lengthM;
}

interface Candidate {
  readonly mesh: ElementMesh;
  readonly box: Box;
  readonly worth: number;
}

function candidateOf(mesh: ElementMesh): Candidate {
  const box = engineeringBoxOf(mesh);
  const size = [0, 1, 2].reduce((sum, axis) => sum + (box.max[axis]! - box.min[axis]!) ** 2, 0);
  return { mesh, box, worth: size / (mesh.triangles + 24) };
}

export class Preview {
  readonly #startMs = performance.now();
  readonly #arena = new Arena();
  #units: Readings | null = null;
  #costMs = 0;
  #parts = 0;
  #nextMs = NEXT_MS;
  #seen = 0;
  readonly #shown = new Set<number>();
  /** Of earlier looks, too small for them. */
  #waiting: Candidate[] = [];

  /** @param send what can be shown now; its buffers may be transferred */
  constructor(
    private readonly text: IfcText,
    private readonly options: ConvertOptions,
    private readonly send: (part: PreviewPart) => void,
  ) {}

  /**
   * Makes the first look. Call when `MeshoptEncoder.ready`.
   * @returns false when the kernel's instance is spoiled: then it must not be used any more
   */
  begin(api: IfcAPI): boolean {
    const { text } = this;
    const megabytes = text.shown.size / 1e6;
    if (text.shown.size < MIN_BYTES) return true;
    // the conversion needs the tables behind these all the same
    text.index.find(0);
    text.index.statementsOf("IFCPROJECT");
    const startMs = performance.now();
    const most = Math.min(MAX_ELEMENTS, Math.max(MIN_ELEMENTS, megabytes * ELEMENTS_PER_MB));
    const limitMs = Math.min(MAX_FIRST_MS, Math.max(MIN_FIRST_MS, megabytes * MS_PER_MB));
    try {
      const { isHidden, own } = partWith(text, chooseLarge(text, most));
      const file = IfcFile.openPart(text, this.options.fileName, api, isHidden, own);
      const { lengthM } = this.#unitsOf(file);
      const shapesMs = performance.now();
      const meshes = readSomeMeshes(file, lengthM, own, (done) => {
        const isEnough = done >= LEAST_ELEMENTS;
        return done > 0 && performance.now() - shapesMs > limitMs * (isEnough ? 1 : MOST_OVERTIME);
      });
      file.close();
      this.#show([...meshes.values()].map(candidateOf));
    } catch (error) {
      return !isPoisoned(error);
    }
    this.#wait(performance.now() - startMs);
    return true;
  }

  /** At every mesh of the conversion: shows the largest new ones when it is time. */
  look(file: IfcFile, elements: ReadonlyMap<number, ElementMesh>): void {
    const nowMs = performance.now();
    if (nowMs - this.#startMs < this.#nextMs || elements.size === this.#seen) return;
    this.#unitsOf(file);
    let at = 0;
    for (const [id, mesh] of elements)
      if (at++ >= this.#seen && !this.#shown.has(id)) this.#waiting.push(candidateOf(mesh));
    this.#seen = elements.size;
    this.#show(this.#waiting);
    this.#wait(performance.now() - nowMs);
  }

  /** What looks have taken of the conversion's time. */
  get costMs(): number {
    return this.#costMs;
  }

  /** What it had to read for the first look; null when there was none. */
  get readings(): Readings | null {
    return this.#units;
  }

  #wait(costMs: number): void {
    this.#costMs += costMs;
    const elapsedMs = performance.now() - this.#startMs;
    this.#nextMs = Math.max(NEXT_MS, elapsedMs * 2, this.#costMs / COST_SHARE);
  }

  #unitsOf(file: IfcFile): Readings {
    if (this.#units) return this.#units;
    const lengthM = lengthOf(file);
    this.#units = { lengthM, authored: readGeoreference(file, lengthM) };
    return this.#units;
  }

  #show(candidates: readonly Candidate[]): void {
    const ranked = [...candidates].sort((a, b) => b.worth - a.worth);
    const chosen: Candidate[] = [];
    const left: Candidate[] = [];
    let triangles = 0;
    for (const one of ranked) {
      const fits = triangles + one.mesh.triangles <= MAX_TRIANGLES && chosen.length < MAX_TILE_FEATURES;
      const isWanted = fits && one.worth > 0 && !FITTING.test(this.#classOf(one.mesh.expressId));
      (isWanted ? chosen : left).push(one);
      if (isWanted) triangles += one.mesh.triangles;
    }
    this.#waiting = left;
    if (chosen.length === 0) return;
    for (const { mesh } of chosen) this.#shown.add(mesh.expressId);
    this.send(this.#partOf(chosen));
  }

  #classOf(id: number): string {
    const entity = this.text.index.entityOf(id);
    return this.text.schema.entity(entity)?.name ?? entity;
  }

  #partOf(chosen: readonly Candidate[]): PreviewPart {
    const boxes = chosen.map(({ box }) => box);
    const { lengthM, authored } = this.#units!;
    const solved = solveGeoreference({ authored, lengthM, box: unionBoxes(boxes), options: this.options });
    const baked = bakeTile(
      chosen.map(({ mesh }) => mesh),
      boxes,
      solved.modelFromEngineering,
      this.#arena,
      new ShapeIndex(),
    );
    const rows = chosen.map(({ mesh: { expressId } }) => ({
      expressId,
      globalId: `#${expressId}`,
      class: this.#classOf(expressId),
      name: "",
      storey: -1,
    }));
    const glb = writeGlbNow({
      meshes: baked.meshes,
      instances: baked.instances,
      origin: baked.origin,
      bounds: baked.bounds,
      className: "element",
      columns: columnsOf(rows, [...rows.keys()]),
      featureCount: rows.length,
    });
    const box = unionBoxes(baked.boxes);
    const size = Math.hypot(...[0, 1, 2].map((axis) => box.max[axis]! - box.min[axis]!));
    const tileset = createTileset({
      root: { box, geometricError: 0, uri: "0.glb", transform: solved.ecefFromModel, refine: "ADD" },
      geometricError: Math.max(200, Math.round(size * ERRORS_PER_SIZE)),
    });
    return {
      part: this.#parts++,
      georeference: solved.georeference,
      box,
      tilesetJson: encodeJson(tileset) as Uint8Array<ArrayBuffer>,
      glb: glb as Uint8Array<ArrayBuffer>,
    };
  }
}
