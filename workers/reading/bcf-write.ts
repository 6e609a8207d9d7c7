import { strToU8, zipSync } from "fflate";
import type { Georeference } from "../../src/domain/model.ts";
import type { ViewCamera, Viewpoint } from "../../src/domain/reading/viewpoint.ts";
import { invertAffine, type Mat4, transformPoint } from "../../src/geo/matrix.ts";
import { modelFromEngineering, turned } from "./bcf-frame.ts";
import { escapeXml } from "./xml.ts";

export type BcfVersion = "2.1" | "3.0";

export interface BcfInput {
  readonly viewpoints: readonly Viewpoint[];
  /** PNG by viewpoint id. */
  readonly snapshots: Readonly<Record<string, Uint8Array>>;
  readonly modelName: string;
  readonly fileName: string;
  readonly georeference: Georeference;
  /** Width over height of the snapshots. */
  readonly aspect: number;
}

type Vec3 = readonly [number, number, number];

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
/** As the schema writes it; ids that we made up for elements without one are left out. */
const IFC_GUID = /^[0-9A-Za-z_$]{22}$/;

/** One topic a viewpoint: bcf.version, project.bcfp, and a folder with markup.bcf, viewpoint.bcfv, snapshot.png. */
export function writeBcf(input: BcfInput, version: BcfVersion): Uint8Array {
  const engineeringFromModel = invertAffine(modelFromEngineering(input.georeference));
  const files: Record<string, Uint8Array> = {
    "bcf.version": strToU8(versionXml(version)),
    "project.bcfp": strToU8(projectXml(input, version)),
  };
  if (version === "3.0") files["extensions.xml"] = strToU8(extensionsXml(input.viewpoints));
  for (const view of input.viewpoints) {
    const snapshot = input.snapshots[view.id];
    files[`${view.id}/markup.bcf`] = strToU8(
      markupXml(view, input.fileName, snapshot !== undefined, version),
    );
    files[`${view.id}/viewpoint.bcfv`] = strToU8(
      visualizationXml(view, engineeringFromModel, input.aspect, version),
    );
    if (snapshot) files[`${view.id}/snapshot.png`] = snapshot;
  }
  return zipSync(files, { level: 6 });
}

/** A second GUID that follows from the first: topic and viewpoint each need their own. */
export function viewpointGuid(topic: string): string {
  const flipped = (Number.parseInt(topic.slice(-1), 16) ^ 1).toString(16);
  return `${topic.slice(0, -1)}${flipped}`;
}

function versionXml(version: BcfVersion): string {
  return version === "2.1"
    ? `${HEAD}<Version VersionId="2.1"><DetailedVersion>2.1</DetailedVersion></Version>\n`
    : `${HEAD}<Version VersionId="3.0"/>\n`;
}

function projectXml({ viewpoints, modelName }: BcfInput, version: BcfVersion): string {
  const guid = viewpoints[0]?.id ?? "00000000-0000-4000-8000-000000000000";
  const project = `<Project ProjectId="${guid}"><Name>${escapeXml(modelName)}</Name></Project>`;
  return version === "2.1"
    ? `${HEAD}<ProjectExtension>${project}<ExtensionSchema></ExtensionSchema></ProjectExtension>\n`
    : `${HEAD}<ProjectInfo>${project}</ProjectInfo>\n`;
}

function extensionsXml(viewpoints: readonly Viewpoint[]): string {
  const list = (outer: string, inner: string, values: readonly string[]) =>
    `<${outer}>${[...new Set(values)].map((value) => `<${inner}>${escapeXml(value)}</${inner}>`).join("")}</${outer}>`;
  const authors = viewpoints.flatMap((view) => [view.author, ...view.comments.map(({ author }) => author)]);
  return `${HEAD}<Extensions>${list(
    "TopicTypes",
    "TopicType",
    viewpoints.map(({ type }) => type),
  )}${list(
    "TopicStatuses",
    "TopicStatus",
    viewpoints.map(({ status }) => status),
  )}${list("Users", "User", authors)}</Extensions>\n`;
}

function dateTime(ms: number): string {
  return new Date(ms).toISOString();
}

function markupXml(view: Viewpoint, fileName: string, hasSnapshot: boolean, version: BcfVersion): string {
  const guid = viewpointGuid(view.id);
  const file = `<File IsExternal="true"><Filename>${escapeXml(fileName)}</Filename></File>`;
  const attributes = `Guid="${view.id}" TopicType="${escapeXml(view.type)}" TopicStatus="${escapeXml(view.status)}"`;
  const topic = `<Title>${escapeXml(view.title)}</Title><CreationDate>${dateTime(view.createdMs)}</CreationDate><CreationAuthor>${escapeXml(view.author)}</CreationAuthor>`;
  const comments = view.comments
    .map(
      ({ author, text, atMs }, i) =>
        `<Comment Guid="${commentGuid(view.id, i)}"><Date>${dateTime(atMs)}</Date><Author>${escapeXml(author)}</Author><Comment>${escapeXml(text)}</Comment><Viewpoint Guid="${guid}"/></Comment>`,
    )
    .join("");
  const files = `<Viewpoint>viewpoint.bcfv</Viewpoint>${hasSnapshot ? "<Snapshot>snapshot.png</Snapshot>" : ""}<Index>0</Index>`;
  if (version === "2.1")
    return `${HEAD}<Markup><Header>${file}</Header><Topic ${attributes}>${topic}</Topic>${comments}<Viewpoints Guid="${guid}">${files}</Viewpoints></Markup>\n`;
  return `${HEAD}<Markup><Header><Files>${file}</Files></Header><Topic ${attributes}>${topic}${comments && `<Comments>${comments}</Comments>`}<Viewpoints><ViewPoint Guid="${guid}">${files}</ViewPoint></Viewpoints></Topic></Markup>\n`;
}

function commentGuid(topic: string, at: number): string {
  const tail = (Number.parseInt(topic.slice(-8), 16) ^ (at + 2)) >>> 0;
  return `${topic.slice(0, -8)}${tail.toString(16).padStart(8, "0")}`;
}

function number(value: number): string {
  return String(Number(value.toFixed(9)));
}

function vector(name: string, [x, y, z]: Vec3): string {
  return `<${name}><X>${number(x)}</X><Y>${number(y)}</Y><Z>${number(z)}</Z></${name}>`;
}

function components(globalIds: readonly string[]): string {
  return globalIds
    .filter((id) => IFC_GUID.test(id))
    .map((id) => `<Component IfcGuid="${id}"/>`)
    .join("");
}

function visualizationXml(view: Viewpoint, toFile: Mat4, aspect: number, version: BcfVersion): string {
  const hints = `<ViewSetupHints SpacesVisible="false" SpaceBoundariesVisible="false" OpeningsVisible="false"/>`;
  const chosen = components(view.selected);
  const exceptions = components(view.visibility.globalIds);
  const inside = exceptions && `<Exceptions>${exceptions}</Exceptions>`;
  const isAll = view.visibility.shows === "all-but";
  const selection = chosen && `<Selection>${chosen}</Selection>`;
  const isNew = version === "3.0";
  const visibility = `<Visibility DefaultVisibility="${isAll}">${isNew ? hints : ""}${inside}</Visibility>`;
  const planes = view.planes
    .map(({ normal, offset }) => {
      const [x, y, z] = normal;
      const location = transformPoint(toFile, [x * offset, y * offset, z * offset]);
      return `<ClippingPlane>${vector("Location", location)}${vector("Direction", turned(toFile, normal))}</ClippingPlane>`;
    })
    .join("");
  return `${HEAD}<VisualizationInfo Guid="${viewpointGuid(view.id)}"><Components>${isNew ? "" : hints}${selection}${visibility}${coloring(view, isNew)}</Components>${view.camera ? cameraXml(view.camera, toFile, aspect, isNew) : ""}${planes && `<ClippingPlanes>${planes}</ClippingPlanes>`}</VisualizationInfo>\n`;
}

function coloring({ colours }: Viewpoint, isNew: boolean): string {
  const colors = colours
    .map(({ color, globalIds }) => [color, components(globalIds)] as const)
    .filter(([, inside]) => inside)
    .map(
      ([color, inside]) =>
        `<Color Color="${color}">${isNew ? `<Components>${inside}</Components>` : inside}</Color>`,
    )
    .join("");
  return colors && `<Coloring>${colors}</Coloring>`;
}

/** Direction and up of unit length; looking straight down, up is north. */
function cameraXml({ eye, target, lens }: ViewCamera, toFile: Mat4, aspect: number, isNew: boolean): string {
  const ahead: Vec3 = [target[0] - eye[0], target[1] - eye[1], target[2] - eye[2]];
  const length = Math.hypot(...ahead) || 1;
  const [dx, dy, dz] = ahead.map((part) => part / length) as unknown as Vec3;
  const flat = Math.hypot(dx, dy);
  const up: Vec3 = flat < 1e-6 ? [0, 1, 0] : [(-dx * dz) / flat, (-dy * dz) / flat, flat];
  const body =
    vector("CameraViewPoint", transformPoint(toFile, eye)) +
    vector("CameraDirection", turned(toFile, [dx, dy, dz])) +
    vector("CameraUpVector", turned(toFile, up));
  const ratio = isNew ? `<AspectRatio>${number(aspect)}</AspectRatio>` : "";
  return lens.kind === "parallel"
    ? `<OrthogonalCamera>${body}<ViewToWorldScale>${number(lens.height)}</ViewToWorldScale>${ratio}</OrthogonalCamera>`
    : `<PerspectiveCamera>${body}<FieldOfView>${number(lens.fovDeg)}</FieldOfView>${ratio}</PerspectiveCamera>`;
}
