import { unzipSync } from "fflate";
import { TwinError } from "../../src/base/errors.ts";
import type { Georeference } from "../../src/domain/model.ts";
import type { SectionPlane } from "../../src/domain/reading/section-plane.ts";
import type { ViewCamera, Viewpoint } from "../../src/domain/reading/viewpoint.ts";
import { type Mat4, transformPoint } from "../../src/geo/matrix.ts";
import { modelFromEngineering, turned } from "./bcf-frame.ts";
import { readXml, type XmlElement } from "./xml.ts";

export interface BcfOutput {
  readonly version: string;
  readonly viewpoints: readonly Viewpoint[];
  readonly snapshots: Readonly<Record<string, Uint8Array>>;
  /** Topics that could not be read, in English, with their folder. */
  readonly notes: readonly string[];
}

type Vec3 = [number, number, number];

/** Unpacked sizes beyond this are refused: a small zip can hold a very large nothing. */
const MAX_BYTES = 256 * 1024 * 1024;
/** Metres ahead that a camera turns about, where nothing says how far it looks. */
const AHEAD = 20;

/**
 * Topics of a BCF 2.0, 2.1 or 3.0 file, each with its first viewpoint, in the model's frame.
 * @throws TwinError `bcf.not_zip`, `bcf.no_topics`
 */
export function readBcf(bytes: Uint8Array, modelId: string, georeference: Georeference): BcfOutput {
  const files = unpack(bytes);
  const toModel = modelFromEngineering(georeference);
  const versionFile = files["bcf.version"];
  const version = versionFile
    ? (readXml(versionFile, "bcf.version").at("Version")?.attribute("VersionId") ?? "?")
    : "?";
  const viewpoints: Viewpoint[] = [];
  const snapshots: Record<string, Uint8Array> = {};
  const notes: string[] = [];
  for (const path of Object.keys(files).sort()) {
    if (!path.endsWith("/markup.bcf")) continue;
    const folder = path.slice(0, -"markup.bcf".length);
    try {
      const topic = readTopic(files, folder, modelId, toModel);
      viewpoints.push(topic.viewpoint);
      if (topic.snapshot) snapshots[topic.viewpoint.id] = topic.snapshot;
    } catch (error) {
      notes.push(`${folder}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (viewpoints.length === 0)
    throw new TwinError("bcf.no_topics", `The BCF file holds no topic that can be read. ${notes[0] ?? ""}`, {
      detail: notes[0] ?? "—",
    });
  return { version, viewpoints, snapshots, notes };
}

function unpack(bytes: Uint8Array): Record<string, Uint8Array> {
  let total = 0;
  try {
    return unzipSync(bytes, {
      filter: ({ originalSize }) => {
        total += originalSize;
        return total <= MAX_BYTES;
      },
    });
  } catch (cause) {
    throw new TwinError("bcf.not_zip", "This is no BCF file: it is not a zip archive.", {}, cause);
  }
}

function readTopic(
  files: Readonly<Record<string, Uint8Array>>,
  folder: string,
  modelId: string,
  toModel: Mat4,
) {
  const markup = readXml(files[`${folder}markup.bcf`]!, `${folder}markup.bcf`).at("Markup");
  const topic = markup?.at("Topic");
  if (!markup || !topic) throw new Error("markup.bcf has no Topic");
  const id = (topic.attribute("Guid") || folder.replace(/\/$/, "")).toLowerCase();
  const views = [...markup.all("Viewpoints"), ...(topic.at("Viewpoints")?.all("ViewPoint") ?? [])];
  const first = views.sort((a, b) => indexOf(a) - indexOf(b))[0];
  const file = first?.textAt("Viewpoint") ?? "viewpoint.bcfv";
  const visual = files[folder + file];
  const info = visual ? readXml(visual, folder + file).at("VisualizationInfo") : null;
  const comments = [...markup.all("Comment"), ...(topic.at("Comments")?.all("Comment") ?? [])];
  const viewpoint: Viewpoint = {
    id,
    modelId,
    title: topic.textAt("Title") ?? "",
    author: topic.textAt("CreationAuthor") ?? "",
    createdMs: timeOf(topic.textAt("CreationDate")),
    type: topic.attribute("TopicType") ?? "",
    status: topic.attribute("TopicStatus") ?? "",
    comments: comments
      .map((comment) => ({
        author: comment.textAt("Author") ?? "",
        text: comment.textAt("Comment") ?? "",
        atMs: timeOf(comment.textAt("Date")),
      }))
      .filter(({ text }) => text !== ""),
    ...readView(info, toModel),
  };
  return { viewpoint, snapshot: files[folder + (first?.textAt("Snapshot") ?? "snapshot.png")] };
}

function indexOf(view: XmlElement): number {
  return Number(view.textAt("Index") ?? 0) || 0;
}

function timeOf(text: string | null): number {
  const ms = Date.parse(text ?? "");
  return Number.isFinite(ms) ? ms : 0;
}

function readView(info: XmlElement | null, toModel: Mat4) {
  const components = info?.at("Components") ?? null;
  const visibility = components?.at("Visibility") ?? null;
  const shows =
    visibility?.attribute("DefaultVisibility") === "false" ? ("only" as const) : ("all-but" as const);
  const exceptions = globalIdsIn(visibility?.at("Exceptions") ?? null);
  return {
    camera: info && readCamera(info, toModel),
    planes: (info?.at("ClippingPlanes")?.all("ClippingPlane") ?? []).flatMap((plane) =>
      readPlane(plane, toModel),
    ),
    selected: globalIdsIn(components?.at("Selection") ?? null),
    // a viewpoint that shows nothing at all says nothing about visibility
    visibility:
      shows === "only" && exceptions.length === 0
        ? { shows: "all-but" as const, globalIds: [] }
        : { shows, globalIds: exceptions },
    hiddenStoreys: [],
    isXray: false,
    colouredBy: null,
    colours: (components?.at("Coloring")?.all("Color") ?? []).map((color) => ({
      color: (color.attribute("Color") ?? "808080").slice(-6),
      globalIds: [...globalIdsIn(color), ...globalIdsIn(color.at("Components"))],
    })),
  };
}

function globalIdsIn(parent: XmlElement | null): string[] {
  return (parent?.all("Component") ?? []).flatMap((one) => one.attribute("IfcGuid") ?? []);
}

function vectorAt(parent: XmlElement, name: string): Vec3 | null {
  const values = ["X", "Y", "Z"].map((axis) => Number(parent.textAt(name, axis) ?? Number.NaN));
  return values.every(Number.isFinite) ? (values as Vec3) : null;
}

function readCamera(info: XmlElement, toModel: Mat4): ViewCamera | null {
  const perspective = info.at("PerspectiveCamera");
  const camera = perspective ?? info.at("OrthogonalCamera");
  const at = camera && vectorAt(camera, "CameraViewPoint");
  const ahead = camera && vectorAt(camera, "CameraDirection");
  if (!camera || !at || !ahead || Math.hypot(...ahead) === 0) return null;
  const eye = transformPoint(toModel, at);
  const [x, y, z] = turned(toModel, ahead);
  const reach = AHEAD / Math.hypot(x, y, z);
  const lens: ViewCamera["lens"] = perspective
    ? { kind: "perspective", fovDeg: clamp(Number(camera.textAt("FieldOfView")), 5, 120, 60) }
    : { kind: "parallel", height: clamp(Number(camera.textAt("ViewToWorldScale")), 0.01, 1e6, AHEAD) };
  return { eye, target: [eye[0] + x * reach, eye[1] + y * reach, eye[2] + z * reach], lens };
}

function clamp(value: number, min: number, max: number, otherwise: number): number {
  return Number.isFinite(value) && value > 0 ? Math.min(max, Math.max(min, value)) : otherwise;
}

/** The direction of a clipping plane points to what is cut away. */
function readPlane(plane: XmlElement, toModel: Mat4): SectionPlane[] {
  const [location, direction] = [vectorAt(plane, "Location"), vectorAt(plane, "Direction")];
  if (!location || !direction) return [];
  const at = transformPoint(toModel, location);
  const way = turned(toModel, direction);
  const length = Math.hypot(...way);
  if (length === 0) return [];
  const normal: Vec3 = [way[0] / length, way[1] / length, way[2] / length];
  return [{ normal, offset: normal[0] * at[0] + normal[1] * at[1] + normal[2] * at[2] }];
}
