import type { BuildingIndex } from "../../src/domain/building-index.ts";
import { buildingIdOfRow } from "../../src/domain/building-index-codec.ts";
import type {
  BlockFinding,
  CheckedModel,
  RedLineFinding,
  RedLineReport,
  RedLineRule,
} from "../../src/domain/red-line.ts";
import { ringAreaM2, ringCentroid } from "../../src/geo/polygon.ts";
import { segmentsMeet } from "../../src/geo/ring-crossing.ts";
import { AreaFinder, type LonLat, type PlanArea } from "./plan-areas.ts";

/** Values of `line` in the file of the three lines. */
const LINES = { urban: "城镇开发边界", farmland: "永久基本农田", ecology: "生态保护红线" } as const;
/** A parapet or the thickness of a roof is no violation, metres. */
const HEIGHT_TOLERANCE = 0.5;
/** Rounding of a plan's figures: five in a hundred. */
const DENSITY_TOLERANCE = 1.05;
const METRES_PER_DEG = 111_195;
const METHOD = {
  zh: "建筑按基底中心归入地块，高度与限高相比（容差 0.5 m）；三线以同面积圆代替建筑轮廓判断是否压线；容积率与建筑密度为地块内建筑之和（容差 5%）。模型按外廓判断。",
  en: "A building belongs to the block that its footprint's middle lies in; its height is compared with the limit (tolerance 0.5 m). For the three lines a circle of the footprint's area stands for the outline. Floor area ratio and density sum up the buildings of a block (tolerance 5 %). Models are judged by their outline.",
} as const;

interface Plan {
  readonly blocks: readonly PlanArea[];
  readonly lines: readonly PlanArea[];
}

/** Which buildings and models are higher than their block's plan allows, or stand where one of the three lines forbids it. */
export function checkRedLines(
  index: BuildingIndex,
  { blocks, lines }: Plan,
  models: readonly CheckedModel[],
): RedLineReport {
  const blockFinder = new AreaFinder(blocks);
  const lineAreas = lines.filter(({ properties }) => properties.line !== LINES.urban);
  const lineFinder = new AreaFinder(lineAreas);
  const urban = new AreaFinder(lines.filter(({ properties }) => properties.line === LINES.urban));
  const hasUrban = lines.length > lineAreas.length;
  const findings: RedLineFinding[] = [];
  const sums = new Map<PlanArea, { floors: number; built: number }>();
  for (let row = 0; row < index.count; row++) {
    const at: LonLat = [index.longitudeDeg[row]!, index.latitudeDeg[row]!];
    const block = blockFinder.at(at)[0]?.area;
    const area = index.footprintArea[row]!;
    const subject = subjectOfRow(index, row, at);
    if (block) {
      const sum = sums.get(block) ?? { floors: 0, built: 0 };
      sum.floors += area * Math.max(1, index.floors[row]!);
      sum.built += area;
      sums.set(block, sum);
      addHeight(findings, subject, block);
    }
    const reach = Math.sqrt(area / Math.PI) / METRES_PER_DEG;
    addLines(
      findings,
      subject,
      lineFinder.at(at, reach).map((one) => one.area),
    );
    if (hasUrban && !urban.at(at).some(({ isInside }) => isInside)) findings.push(outside(subject));
  }
  for (const model of models) addModel(findings, model, { blocks, lineAreas, urban, hasUrban });
  findings.sort(worstFirst);
  const counts: Record<RedLineRule, number> = { height: 0, urban: 0, farmland: 0, ecology: 0 };
  for (const { rule } of findings) counts[rule]++;
  return {
    findings,
    blocks: denseBlocks(sums),
    counts,
    buildings: index.count,
    models: models.length,
    plannedBlocks: blocks.length,
    provenance: {
      kind: "SAMPLE",
      source: { zh: "示范控规与示范三线", en: "sample control plan and sample three lines" },
    },
    method: METHOD,
  };
}

type Subject = Omit<RedLineFinding, "rule" | "limit" | "planId">;

function subjectOfRow(index: BuildingIndex, row: number, [longitudeDeg, latitudeDeg]: LonLat): Subject {
  return {
    subject: "building",
    id: buildingIdOfRow(index, row),
    name: index.names[row] ?? "",
    longitudeDeg,
    latitudeDeg,
    height: Math.round(index.height[row]! * 10) / 10,
  };
}

function addHeight(findings: RedLineFinding[], subject: Subject, block: PlanArea): void {
  const limit = Number(block.properties.heightLimit);
  if (Number.isFinite(limit) && subject.height > limit + HEIGHT_TOLERANCE)
    findings.push({ ...subject, rule: "height", limit, planId: block.id });
}

function addLines(findings: RedLineFinding[], subject: Subject, areas: readonly PlanArea[]): void {
  for (const { id, properties } of areas) {
    const rule =
      properties.line === LINES.farmland ? "farmland" : properties.line === LINES.ecology ? "ecology" : null;
    if (rule) findings.push({ ...subject, rule, limit: null, planId: id });
  }
}

function outside(subject: Subject): RedLineFinding {
  return { ...subject, rule: "urban", limit: null, planId: "" };
}

interface ModelPlan {
  readonly blocks: readonly PlanArea[];
  readonly lineAreas: readonly PlanArea[];
  readonly urban: AreaFinder;
  readonly hasUrban: boolean;
}

function addModel(findings: RedLineFinding[], model: CheckedModel, plan: ModelPlan): void {
  const { longitudeDeg, latitudeDeg } = ringCentroid(model.ring);
  const { id, name, height } = model;
  const subject: Subject = { subject: "model", id, name, longitudeDeg, latitudeDeg, height };
  const touched = (areas: readonly PlanArea[]) => areas.filter((area) => overlaps(model.ring, area));
  for (const block of touched(plan.blocks)) addHeight(findings, subject, block);
  addLines(findings, subject, touched(plan.lineAreas));
  const isUrban = model.ring.every((corner) => plan.urban.at(corner).some(({ isInside }) => isInside));
  if (plan.hasUrban && !isUrban) findings.push(outside(subject));
}

/** An outline and an area have ground in common: a corner of one in the other, or edges that cross. */
function overlaps(outline: readonly LonLat[], area: PlanArea): boolean {
  const ring = area.rings[0] ?? [];
  const finder = new AreaFinder([area]);
  if (outline.some((corner) => finder.at(corner).some(({ isInside }) => isInside))) return true;
  const own = new AreaFinder([{ id: "", rings: [[...outline, outline[0]!]], properties: {} }]);
  if (ring.some((corner) => own.at(corner).some(({ isInside }) => isInside))) return true;
  return outline.some((from, i) => {
    const to = outline[(i + 1) % outline.length]!;
    return ring.some((corner, k) => k > 0 && segmentsMeet(from, to, ring[k - 1]!, corner));
  });
}

function worstFirst(a: RedLineFinding, b: RedLineFinding): number {
  const over = ({ height, limit }: RedLineFinding) => (limit === null ? -1 : height - limit);
  return over(b) - over(a) || (a.id < b.id ? -1 : 1);
}

function denseBlocks(sums: ReadonlyMap<PlanArea, { floors: number; built: number }>): BlockFinding[] {
  const found: BlockFinding[] = [];
  for (const [{ id, rings, properties }, { floors, built }] of sums) {
    const ground = Number(properties.area) || ringAreaM2(rings[0]!);
    const at = ringCentroid(rings[0]!);
    const measures = [
      { measure: "far", built: floors / ground, allowed: Number(properties.far) },
      { measure: "density", built: (100 * built) / ground, allowed: Number(properties.density) },
    ] as const;
    for (const one of measures)
      if (one.allowed > 0 && one.built > one.allowed * DENSITY_TOLERANCE)
        found.push({ planId: id, ...at, ...one, built: Math.round(one.built * 100) / 100 });
  }
  return found.sort((a, b) => b.built / b.allowed - a.built / a.allowed);
}
