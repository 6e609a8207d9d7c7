import { XMLParser } from "fast-xml-parser";
import { TwinError } from "../base/errors.ts";
import type { ServiceLayer } from "../domain/service-layer.ts";
import { decodeText } from "./xml-document.ts";

type Node = Readonly<Record<string, unknown>>;

const MERCATOR = /900913|3857|GoogleMaps|WebMercator|^w$/i;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
});

/** The layers that a GetCapabilities answer names, those without a name (mere headings) left out. Throws TwinError `map.no-service`. */
export function parseCapabilities(kind: "wms" | "wmts", xml: string, host: string): readonly ServiceLayer[] {
  // a document type of WMS 1.1.1 names a file elsewhere, which is not fetched; entities in it are refused
  const document = /<!ENTITY/i.test(xml) ? {} : read(xml.replace(/<!DOCTYPE[^>[]*(\[[^\]]*\])?\s*>/i, ""));
  const root =
    kind === "wms" ? (document.WMS_Capabilities ?? document.WMT_MS_Capabilities) : document.Capabilities;
  if (!isNode(root))
    throw new TwinError(
      "map.no-service",
      `${host} does not answer as a ${kind.toUpperCase()} service there.`,
      {
        host,
        kind: kind.toUpperCase(),
      },
    );
  return kind === "wms" ? wmsLayers(root) : wmtsLayers(root);
}

function read(xml: string): Node {
  try {
    const document: unknown = parser.parse(xml);
    return isNode(document) ? document : {};
  } catch {
    return {};
  }
}

function wmsLayers(root: Node): ServiceLayer[] {
  const capability = nodeAt(root, "Capability");
  const formats = listAt(nodeAt(nodeAt(capability, "Request"), "GetMap"), "Format").map(textOf);
  const visit = (layer: unknown): ServiceLayer[] => {
    if (!isNode(layer)) return [];
    const name = textOf(layer.Name);
    const own: ServiceLayer = {
      name,
      title: textOf(layer.Title) || name,
      matrixSets: [],
      styles: listAt(layer, "Style").map((style) => textOf(isNode(style) ? style.Name : "")),
      formats,
    };
    return [...(name ? [own] : []), ...listAt(layer, "Layer").flatMap(visit)];
  };
  return listAt(capability, "Layer").flatMap(visit);
}

function wmtsLayers(root: Node): ServiceLayer[] {
  return listAt(nodeAt(root, "Contents"), "Layer").flatMap((layer): ServiceLayer[] => {
    if (!isNode(layer)) return [];
    const name = textOf(layer.Identifier);
    const sets = listAt(layer, "TileMatrixSetLink").map((link) =>
      textOf(isNode(link) ? link.TileMatrixSet : ""),
    );
    const resources = listAt(layer, "ResourceURL").filter(isNode);
    const template = resources.find((one) => one["@resourceType"] === "tile")?.["@template"];
    return [
      {
        name,
        title: textOf(layer.Title) || name,
        matrixSets: sets.filter(Boolean).sort((a, b) => Number(MERCATOR.test(b)) - Number(MERCATOR.test(a))),
        styles: listAt(layer, "Style").map((style) => textOf(isNode(style) ? style.Identifier : "")),
        formats: listAt(layer, "Format").map(textOf),
        ...(typeof template === "string" && { template: decodeText(template) }),
      },
    ].filter((one) => one.name !== "");
  });
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nodeAt(node: Node, name: string): Node {
  const value = node[name];
  return isNode(value) ? value : {};
}

function listAt(node: Node, name: string): readonly unknown[] {
  const value = node[name];
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function textOf(value: unknown): string {
  if (typeof value === "string") return decodeText(value.trim());
  return isNode(value) ? textOf(value["#text"]) : "";
}
