import { createProjection } from "../../src/geo/projection.ts";
import { SAMPLE_SITE } from "../sample-site.ts";
import type { Container } from "./container.ts";
import { ALL_STOREYS, GROUND_Z, type Vec3 } from "./plan.ts";
import { DERIVED, enumeration, int, type Ref, type StepWriter, typed } from "./step-writer.ts";

export interface Project {
  readonly bodyContext: Ref;
  readonly site: Container;
  readonly building: Container;
  readonly storeys: ReadonlyMap<string, Container>;
}

/** Ground outside above the 1985 datum; the model's origin lies on it. */
export const GROUND_HEIGHT = 44;
const CRS = "EPSG:4550";
const BUILDING_NAME = "沈阳市政务服务中心（示范）";
const RADIANS = Math.PI / 180;

/** Units, contexts, georeference and the spatial structure down to the storeys. */
export function addProject(step: StepWriter, globalId: (name: string) => string): Project {
  const { modelContext, bodyContext } = addContexts(step);
  addMapConversion(step, modelContext);
  const project = step.add(
    "IFCPROJECT",
    globalId("project"),
    null,
    BUILDING_NAME,
    "辽宁城市数字孪生示范建筑：十二层政务服务中心，虚构工程",
    null,
    BUILDING_NAME,
    "施工图设计",
    [modelContext],
    addUnits(step),
  );
  const site = addSite(step, globalId);
  const building = addBuilding(step, globalId, site);
  const storeys = addStoreys(step, globalId, building);
  const aggregate = (whole: Ref, name: string, parts: readonly Ref[]) =>
    step.add("IFCRELAGGREGATES", globalId(name), null, null, null, whole, parts);
  aggregate(project, "aggregates/project", [site.ref]);
  aggregate(site.ref, "aggregates/site", [building.ref]);
  aggregate(
    building.ref,
    "aggregates/building",
    [...storeys.values()].map(({ ref }) => ref),
  );
  return { bodyContext, site, building, storeys };
}

function addSite(step: StepWriter, globalId: (name: string) => string): Container {
  const placement = addPlacement(step, null, [0, 0, 0]);
  const ref = step.add(
    "IFCSITE",
    globalId("site"),
    null,
    "青年大街示范地块",
    null,
    null,
    placement,
    null,
    null,
    enumeration("ELEMENT"),
    angleParts(SAMPLE_SITE.latitudeDeg),
    angleParts(SAMPLE_SITE.longitudeDeg),
    GROUND_HEIGHT,
    null,
    addAddress(step),
  );
  return { ref, placement, code: "SITE" };
}

function addBuilding(step: StepWriter, globalId: (name: string) => string, site: Container): Container {
  const placement = addPlacement(step, site.placement, [0, 0, -GROUND_Z]);
  const ref = step.add(
    "IFCBUILDING",
    globalId("building"),
    null,
    BUILDING_NAME,
    null,
    null,
    placement,
    null,
    null,
    enumeration("ELEMENT"),
    GROUND_HEIGHT - GROUND_Z,
    GROUND_HEIGHT,
    addAddress(step),
  );
  return { ref, placement, code: "BUILDING" };
}

function addStoreys(
  step: StepWriter,
  globalId: (name: string) => string,
  building: Container,
): Map<string, Container> {
  const storeys = new Map<string, Container>();
  for (const plan of ALL_STOREYS) {
    const placement = addPlacement(step, building.placement, [0, 0, plan.elevation]);
    const ref = step.add(
      "IFCBUILDINGSTOREY",
      globalId(`storey/${plan.code}`),
      null,
      plan.name,
      null,
      null,
      placement,
      null,
      plan.code,
      enumeration("ELEMENT"),
      plan.elevation,
    );
    storeys.set(plan.code, { ref, placement, code: plan.code });
  }
  return storeys;
}

function addContexts(step: StepWriter): { modelContext: Ref; bodyContext: Ref } {
  const { longitudeDeg, latitudeDeg, rotationDeg } = SAMPLE_SITE;
  const convergenceDeg = createProjection(CRS).gridConvergenceDeg(longitudeDeg, latitudeDeg);
  const fromModelNorth = (-convergenceDeg - rotationDeg) * RADIANS;
  const trueNorth = step.add("IFCDIRECTION", [Math.sin(fromModelNorth), Math.cos(fromModelNorth)]);
  const modelContext = step.add(
    "IFCGEOMETRICREPRESENTATIONCONTEXT",
    null,
    "Model",
    int(3),
    0.0001,
    addFrame(step, [0, 0, 0]),
    trueNorth,
  );
  const bodyContext = step.add(
    "IFCGEOMETRICREPRESENTATIONSUBCONTEXT",
    "Body",
    "Model",
    DERIVED,
    DERIVED,
    DERIVED,
    DERIVED,
    modelContext,
    null,
    enumeration("MODEL_VIEW"),
    null,
  );
  return { modelContext, bodyContext };
}

function addMapConversion(step: StepWriter, modelContext: Ref): void {
  const { longitudeDeg, latitudeDeg, rotationDeg } = SAMPLE_SITE;
  const { eastings, northings } = createProjection(CRS).fromGeodetic(longitudeDeg, latitudeDeg);
  const metre = step.share("IFCSIUNIT", DERIVED, enumeration("LENGTHUNIT"), null, enumeration("METRE"));
  const crs = step.add(
    "IFCPROJECTEDCRS",
    CRS,
    "CGCS2000 / 3-degree Gauss-Kruger CM 123E",
    "CGCS2000",
    "1985国家高程基准",
    "Gauss-Kruger",
    "CM 123E",
    metre,
  );
  step.add(
    "IFCMAPCONVERSION",
    modelContext,
    crs,
    eastings,
    northings,
    GROUND_HEIGHT,
    Math.cos(-rotationDeg * RADIANS),
    Math.sin(-rotationDeg * RADIANS),
    1,
  );
}

function addUnits(step: StepWriter): Ref {
  const si = (kind: string, name: string, prefix: string | null = null) =>
    step.share(
      "IFCSIUNIT",
      DERIVED,
      enumeration(kind),
      prefix ? enumeration(prefix) : null,
      enumeration(name),
    );
  const radian = si("PLANEANGLEUNIT", "RADIAN");
  const exponents = step.add("IFCDIMENSIONALEXPONENTS", ...[0, 0, 0, 0, 0, 0, 0].map(int));
  const ratio = step.add("IFCMEASUREWITHUNIT", typed("IFCPLANEANGLEMEASURE", Math.PI / 180), radian);
  const degree = step.add(
    "IFCCONVERSIONBASEDUNIT",
    exponents,
    enumeration("PLANEANGLEUNIT"),
    "DEGREE",
    ratio,
  );
  return step.add("IFCUNITASSIGNMENT", [
    si("LENGTHUNIT", "METRE"),
    si("AREAUNIT", "SQUARE_METRE"),
    si("VOLUMEUNIT", "CUBIC_METRE"),
    degree,
    si("TIMEUNIT", "SECOND"),
    si("POWERUNIT", "WATT"),
    si("PRESSUREUNIT", "PASCAL"),
    si("THERMODYNAMICTEMPERATUREUNIT", "DEGREE_CELSIUS"),
  ]);
}

function addAddress(step: StepWriter): Ref {
  return step.share(
    "IFCPOSTALADDRESS",
    null,
    null,
    null,
    null,
    ["青年大街（示范）"],
    null,
    "沈阳市",
    "辽宁省",
    null,
    "中国",
  );
}

function addFrame(step: StepWriter, at: Vec3): Ref {
  const point = step.share("IFCCARTESIANPOINT", at as readonly number[]);
  return step.share("IFCAXIS2PLACEMENT3D", point, null, null);
}

function addPlacement(step: StepWriter, parent: Ref | null, at: Vec3): Ref {
  return step.add("IFCLOCALPLACEMENT", parent, addFrame(step, at));
}

/** IfcCompoundPlaneAngleMeasure: degrees, minutes, seconds, millionths of a second. */
function angleParts(angleDeg: number) {
  const millionths = Math.round(angleDeg * 3600e6);
  return [
    int(Math.trunc(millionths / 3600e6)),
    int(Math.trunc(millionths / 60e6) % 60),
    int(Math.trunc(millionths / 1e6) % 60),
    int(millionths % 1e6),
  ];
}
