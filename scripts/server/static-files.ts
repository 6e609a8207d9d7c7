import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join, resolve, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { CompressedCache, type Encoding } from "./compressed-cache.ts";
import { isCompressible, mimeType } from "./mime.ts";

/** A URL prefix and the folder that answers for it: `{ prefix: "/tilesets/", folder: "…" }`. Longest prefix wins. */
export interface Mount {
  readonly prefix: string;
  readonly folder: string;
}

interface FoundFile {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

const MIN_COMPRESS_BYTES = 1024;
const MAX_COMPRESS_BYTES = 32 * 1024 * 1024;
/** File names with a content hash, as the bundler writes them: never change under the same name. */
const HASHED_NAME = /^\/assets\/.+-[\w-]{8,}\.\w+$/;

export type StaticHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Answers GET and HEAD from folders. Never leaves a mounted folder: not by `..`, not by encoding, not by a link. */
export function createStaticHandler(
  mounts: readonly Mount[],
  headers: Readonly<Record<string, string>>,
): StaticHandler {
  const ordered = [...mounts].sort((a, b) => b.prefix.length - a.prefix.length);
  const cache = new CompressedCache();
  return async (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("Allow", "GET, HEAD");
      return refuse(response, 405, "Only GET and HEAD are answered here.");
    }
    const path = decodePath(request.url ?? "/");
    if (path === null) return refuse(response, 400, "The path is not valid.");
    const file = await findFile(ordered, path);
    if (file === null) return refuse(response, 404, "Not found.");
    await send(request, response, file, path, cache);
  };
}

/** Decoded absolute URL path, or null when it cannot be one of a file here. */
export function decodePath(url: string): string | null {
  const raw = url.split(/[?#]/, 1)[0] ?? "/";
  let path: string;
  try {
    path = decodeURIComponent(raw);
  } catch {
    return null;
  }
  if (!path.startsWith("/") || path.includes("\0") || path.includes("\\")) return null;
  return path.split("/").some((part) => part === ".." || part === ".") ? null : path;
}

async function findFile(mounts: readonly Mount[], path: string): Promise<FoundFile | null> {
  for (const { prefix, folder } of mounts) {
    if (!path.startsWith(prefix)) continue;
    const relative = path.slice(prefix.length);
    if (relative.split("/").some((part) => part.startsWith("."))) return null;
    const asked = resolve(
      folder,
      relative.endsWith("/") || relative === "" ? `${relative}index.html` : relative,
    );
    const found = await inside(folder, asked);
    if (found !== null) return found;
  }
  return null;
}

async function inside(folder: string, asked: string): Promise<FoundFile | null> {
  try {
    const base = await realpath(folder);
    const path = await realpath(asked);
    if (path !== base && !path.startsWith(base.endsWith(sep) ? base : base + sep)) return null;
    const stats = await stat(path);
    return stats.isFile() ? { path, size: stats.size, mtimeMs: stats.mtimeMs } : null;
  } catch {
    return null;
  }
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  file: FoundFile,
  urlPath: string,
  cache: CompressedCache,
): Promise<void> {
  const type = mimeType(file.path);
  const encoding =
    isCompressible(type) && file.size >= MIN_COMPRESS_BYTES && file.size <= MAX_COMPRESS_BYTES
      ? acceptedEncoding(request.headers["accept-encoding"])
      : null;
  const etag = `W/"${file.size.toString(36)}-${Math.round(file.mtimeMs).toString(36)}${encoding ?? ""}"`;
  response.setHeader("Content-Type", type);
  response.setHeader("ETag", etag);
  response.setHeader("Vary", "Accept-Encoding");
  response.setHeader(
    "Cache-Control",
    HASHED_NAME.test(urlPath) ? "public, max-age=31536000, immutable" : "no-cache",
  );
  if (matches(request.headers["if-none-match"], etag)) {
    response.writeHead(304).end();
    return;
  }
  if (encoding !== null) {
    const bytes = await cache.get(file.path, etag, encoding);
    response.setHeader("Content-Encoding", encoding);
    response.setHeader("Content-Length", bytes.byteLength);
    response.writeHead(200).end(request.method === "HEAD" ? undefined : bytes);
    return;
  }
  response.setHeader("Content-Length", file.size);
  response.writeHead(200);
  if (request.method === "HEAD") response.end();
  else await pipeline(createReadStream(file.path), response);
}

function acceptedEncoding(header: string | string[] | undefined): Encoding | null {
  const offered = String(header ?? "")
    .split(",")
    .map((part) => part.trim().toLowerCase())
    .filter((part) => !/;\s*q=0(?:\.0*)?$/.test(part))
    .map((part) => part.split(";")[0]);
  if (offered.includes("br")) return "br";
  return offered.includes("gzip") ? "gzip" : null;
}

function matches(header: string | undefined, etag: string): boolean {
  const asked = (header ?? "").split(",").map((part) => part.trim());
  return asked.includes(etag) || asked.includes("*");
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  response.setHeader("Cache-Control", "no-store");
  response.writeHead(status).end(`${sentence}\n`);
}

/** Where the three kinds of files of the product lie; absent folders are served from `root`. */
export function productMounts(root: string, tilesetsDir?: string, cesiumDir?: string): readonly Mount[] {
  return [
    { prefix: "/", folder: root },
    { prefix: "/tilesets/", folder: tilesetsDir ?? join(root, "tilesets") },
    { prefix: "/cesium/", folder: cesiumDir ?? join(root, "cesium") },
  ];
}
