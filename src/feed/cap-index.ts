import { XMLParser } from "fast-xml-parser";
import { decodeText, parseXml } from "./xml-document.ts";
import { decodeXml } from "./xml-text.ts";

/** An alert that an index names. `version` changes when the entry does. */
export interface CapIndexEntry {
  readonly url: string;
  readonly version: string;
}

/** Entries of an index in its order; `issues` are entries that name no alert, one English sentence each. */
export interface CapIndex {
  readonly entries: readonly CapIndexEntry[];
  readonly issues: readonly string[];
}

const parser = new XMLParser({
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  textNodeName: "#text",
  parseTagValue: false,
  parseAttributeValue: false,
  removeNSPrefix: true,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
});

type Element = Readonly<Record<string, unknown>>;

/**
 * Reads an Atom or RSS 2.0 index; null when the document is neither, an alert for example. Addresses are resolved against
 * `baseUrl`; only http and https are followed. Throws TwinError `cap.xml`, `cap.doctype`, `cap.encoding`, `cap.size`.
 */
export function parseCapIndex(bytes: Uint8Array, baseUrl: string): CapIndex | null {
  const document = parseXml(decodeXml(bytes), parser) as Element;
  const feed = first(document, "feed");
  const channel = first(first(document, "rss"), "channel");
  if (feed !== null) return readEntries(elements(feed, "entry"), atomEntry, baseUrl);
  if (channel !== null) return readEntries(elements(channel, "item"), rssItem, baseUrl);
  return null;
}

interface RawEntry {
  readonly link: string;
  readonly version: string;
  readonly title: string;
}

function readEntries(
  list: readonly Element[],
  read: (entry: Element) => RawEntry,
  baseUrl: string,
): CapIndex {
  const entries = new Map<string, CapIndexEntry>();
  const issues: string[] = [];
  for (const [i, element] of list.entries()) {
    const { link, version, title } = read(element);
    const url = link === "" ? null : resolve(link, baseUrl);
    if (url === null) issues.push(`Entry ${i + 1} "${title.slice(0, 60)}" names no alert`);
    else if (!entries.has(url)) entries.set(url, { url, version });
  }
  return { entries: [...entries.values()], issues };
}

/** A link of CAP's own type first, then the entry's main one. */
function atomEntry(entry: Element): RawEntry {
  const links = elements(entry, "link").map((link) => ({
    href: attribute(link, "href"),
    type: attribute(link, "type"),
    rel: attribute(link, "rel") || "alternate",
  }));
  const link =
    links.find(({ type }) => type.includes("cap+xml")) ??
    links.find(({ rel, type }) => rel === "alternate" && !type.includes("html")) ??
    links.find(({ rel }) => rel === "alternate");
  return {
    link: link?.href ?? "",
    version: text(entry, "updated") || text(entry, "id"),
    title: text(entry, "title"),
  };
}

/** GDACS names the alert in `gdacs:cap`, others in an enclosure, most in the link itself. */
function rssItem(item: Element): RawEntry {
  const enclosure = elements(item, "enclosure").find((one) => attribute(one, "type").includes("cap+xml"));
  const link = text(item, "cap") || (enclosure ? attribute(enclosure, "url") : "") || text(item, "link");
  return {
    link,
    version: `${text(item, "pubDate")} ${text(item, "version")} ${text(item, "episodeid")}`,
    title: text(item, "title"),
  };
}

function resolve(link: string, baseUrl: string): string | null {
  if (!URL.canParse(link, baseUrl)) return null;
  const url = new URL(link, baseUrl);
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  url.username = "";
  url.password = "";
  url.hash = "";
  return url.href;
}

function elements(element: Element, name: string): Element[] {
  const list = (element[name] as unknown[] | undefined) ?? [];
  return list.map((one) => (typeof one === "object" && one !== null ? (one as Element) : { "#text": one }));
}

function first(element: Element | null, name: string): Element | null {
  return element === null ? null : (elements(element, name)[0] ?? null);
}

/** First text of that name that is not empty: `atom:link` stands beside `link` once the prefixes are off. */
function text(element: Element, name: string): string {
  for (const one of elements(element, name)) {
    const raw = one["#text"];
    const value = Array.isArray(raw) ? raw[0] : raw;
    if (typeof value === "string" && value.trim() !== "") return decodeText(value).trim();
  }
  return "";
}

function attribute(element: Element, name: string): string {
  const value = element[`@${name}`];
  return typeof value === "string" ? decodeText(value).trim() : "";
}
