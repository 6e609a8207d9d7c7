import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import type { Georeference } from "../../src/domain/model.ts";
import type { Viewpoint } from "../../src/domain/reading/viewpoint.ts";
import { readBcf } from "./bcf-read.ts";
import { type BcfInput, writeBcf } from "./bcf-write.ts";
import { readXml } from "./xml.ts";

const GEOREFERENCE: Georeference = {
  method: "IfcMapConversion",
  epsg: 4550,
  rotationDeg: 30,
  origin: { longitudeDeg: 123.432, latitudeDeg: 41.799, height: 44 },
  offset: [1000, -500, 3],
  notes: [],
};

const VIEW: Viewpoint = {
  id: "7c330931-7670-4815-879e-7787feb0fa2e",
  modelId: "m",
  title: "门 <D-12> 缺少耐火极限 & more",
  author: "李工",
  createdMs: Date.UTC(2026, 2, 1, 4, 5, 6),
  comments: [{ author: "王工", text: "已通知\n“厂家”", atMs: Date.UTC(2026, 2, 2) }],
  type: "Issue",
  status: "Open",
  camera: { eye: [10, -30, 8], target: [2, 5, 4], lens: { kind: "perspective", fovDeg: 38 } },
  planes: [
    { normal: [0, 0, 1], offset: 12.5 },
    { normal: [0.6, -0.8, 0], offset: -3 },
  ],
  selected: ["0KkZ20so9BsO1d1hFcfLOl", "1XbKhGD91DvhOpYZbhzGTI"],
  visibility: { shows: "only", globalIds: ["1bbI761TbBCOoIa5Kt6PXt", "0KkZ20so9BsO1d1hFcfLOl"] },
  hiddenStoreys: [],
  isXray: false,
  colouredBy: null,
  colours: [{ color: "5B93BD", globalIds: ["3D9pjHJ0HCnggyepvsht8s"] }],
};
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47);

function input(view: Viewpoint = VIEW, georeference = GEOREFERENCE): BcfInput {
  return {
    viewpoints: [view],
    snapshots: { [view.id]: PNG },
    modelName: "Model",
    fileName: "Model.ifc",
    georeference,
    aspect: 1.6,
  };
}

function expectNear(actual: readonly number[], wanted: readonly number[]): void {
  wanted.forEach((value, i) => {
    expect(actual[i]).toBeCloseTo(value, 6);
  });
}

/** Names of children in the order of the text. */
function order(xml: string, ...names: readonly string[]): boolean {
  const at = names.map((name) => xml.indexOf(`<${name}`));
  return at.every((place, i) => place >= 0 && (i === 0 || place > at[i - 1]!));
}

describe.each(["2.1", "3.0"] as const)("BCF %s", (version) => {
  it("comes back as it went", () => {
    const {
      viewpoints,
      snapshots,
      version: written,
      notes,
    } = readBcf(writeBcf(input(), version), "m", GEOREFERENCE);
    const [view] = viewpoints;
    expect(written).toBe(version);
    expect(notes).toEqual([]);
    const { camera, planes, ...plain } = VIEW;
    expect(view).toMatchObject(plain);
    expectNear(view!.camera!.eye, camera!.eye);
    const ahead = (from: readonly number[], to: readonly number[]) => {
      const d = to.map((value, i) => value - from[i]!);
      return d.map((value) => value / Math.hypot(...d));
    };
    expectNear(ahead(view!.camera!.eye, view!.camera!.target), ahead(camera!.eye, camera!.target));
    expect(view!.camera!.lens).toEqual(camera!.lens);
    planes.forEach((plane, i) => {
      expectNear(view!.planes[i]!.normal, plane.normal);
      expect(view!.planes[i]!.offset).toBeCloseTo(plane.offset, 6);
    });
    expect(snapshots[VIEW.id]).toEqual(PNG);
  });

  it("has the files and the order of elements that the schema asks for", () => {
    const files = unzipSync(writeBcf(input(), version));
    const names = ["bcf.version", "project.bcfp", `${VIEW.id}/markup.bcf`, `${VIEW.id}/viewpoint.bcfv`];
    for (const name of names) readXml(files[name]!, name);
    expect(Object.keys(files)).toContain(`${VIEW.id}/snapshot.png`);
    expect(Object.keys(files).includes("extensions.xml")).toBe(version === "3.0");
    const markup = strFromU8(files[`${VIEW.id}/markup.bcf`]!);
    expect(order(markup, "Header", "Topic ", "Title", "CreationDate", "CreationAuthor", "Comment")).toBe(
      true,
    );
    const visual = strFromU8(files[`${VIEW.id}/viewpoint.bcfv`]!);
    expect(order(visual, "Components", "Selection", "Visibility", "Coloring", "PerspectiveCamera")).toBe(
      true,
    );
    expect(order(visual, "CameraViewPoint", "CameraDirection", "CameraUpVector", "FieldOfView")).toBe(true);
    expect(order(visual, "PerspectiveCamera", "ClippingPlanes")).toBe(true);
    expect(visual.includes("<AspectRatio>")).toBe(version === "3.0");
    expect(visual.includes('<Color Color="5B93BD"><Components>')).toBe(version === "3.0");
    const guid = /VisualizationInfo Guid="([a-f0-9-]+)"/.exec(visual)![1];
    expect(markup).toContain(guid);
    expect(guid).not.toBe(VIEW.id);
  });

  it("writes a parallel camera, and the coordinates of the IFC file", () => {
    const parallel: Viewpoint = {
      ...VIEW,
      camera: { eye: [0, 0, 40], target: [0, 0, 0], lens: { kind: "parallel", height: 25 } },
    };
    const plainFrame: Georeference = { method: "none", offset: [100, 200, 5], notes: [] };
    const bytes = writeBcf(input(parallel, plainFrame), version);
    const visual = strFromU8(unzipSync(bytes)[`${VIEW.id}/viewpoint.bcfv`]!);
    expect(visual).toContain("<CameraViewPoint><X>100</X><Y>200</Y><Z>45</Z></CameraViewPoint>");
    expect(visual).toContain("<CameraUpVector><X>0</X><Y>1</Y><Z>0</Z></CameraUpVector>");
    const [view] = readBcf(bytes, "m", plainFrame).viewpoints;
    expect(view!.camera!.lens).toEqual({ kind: "parallel", height: 25 });
  });
});

describe("BCF of other programs", () => {
  const folder = "647bca1c-cac3-4f16-84a8-912e081edd57";
  const markup = `<Markup><Topic Guid="${folder.toUpperCase()}" TopicType="WARNING" TopicStatus="OPEN"><Title>Component Selection</Title><CreationDate>2021-02-17T10:14:27.064+01:00</CreationDate><CreationAuthor>someone@example.com</CreationAuthor><Comments/><Viewpoints><ViewPoint Guid="b"><Viewpoint>second.bcfv</Viewpoint><Index>2</Index></ViewPoint><ViewPoint Guid="a"><Viewpoint>view-a.bcfv</Viewpoint><Snapshot>shot-a.png</Snapshot><Index>1</Index></ViewPoint></Viewpoints></Topic></Markup>`;
  const visual = `<VisualizationInfo xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Components><Selection><Component IfcGuid="0KkZ20so9BsO1d1hFcfLOl"><OriginatingSystem>x</OriginatingSystem></Component></Selection><Visibility DefaultVisibility="true"><Exceptions/></Visibility><Coloring/></Components><Lines/><ClippingPlanes/><Bitmaps/></VisualizationInfo>`;
  const NONE: Georeference = { method: "none", notes: [] };

  it("is read with empty elements, other file names, the first of several viewpoints", () => {
    const bytes = zipSync({
      [`${folder}/markup.bcf`]: strToU8(markup),
      [`${folder}/view-a.bcfv`]: strToU8(visual),
      [`${folder}/shot-a.png`]: PNG,
      "broken/markup.bcf": strToU8("<Markup>"),
    });
    const { viewpoints, snapshots, notes } = readBcf(bytes, "m", NONE);
    expect(viewpoints).toHaveLength(1);
    expect(viewpoints[0]).toMatchObject({
      id: folder,
      title: "Component Selection",
      selected: ["0KkZ20so9BsO1d1hFcfLOl"],
      visibility: { shows: "all-but", globalIds: [] },
      camera: null,
      planes: [],
    });
    expect(snapshots[folder]).toEqual(PNG);
    expect(notes).toHaveLength(1);
  });

  it.each([
    ["no zip", strToU8("nothing"), "bcf.not_zip"],
    ["a zip without topics", zipSync({ "a.txt": strToU8("a") }), "bcf.no_topics"],
    [
      "a document type",
      zipSync({ "t/markup.bcf": strToU8('<!DOCTYPE a [<!ENTITY b "c">]><Markup/>') }),
      "bcf.no_topics",
    ],
  ])("%s is refused", (_name, bytes, code) => {
    expect(() => readBcf(bytes, "m", NONE)).toThrow(expect.objectContaining({ code }));
  });
});
