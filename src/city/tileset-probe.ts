import { isAbort } from "../base/abort.ts";
import { TwinError } from "../base/errors.ts";

export interface TilesetHeader {
  readonly version: string;
  readonly copyright: string | null;
  /** Made by this project's builder for the facade shader. */
  readonly hasFacade: boolean;
  /** Its meshes name each building's row in the city's index. */
  readonly hasRows: boolean;
}

type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

function shorten(url: string): string {
  return url.length > 160 ? `${url.slice(0, 157)}…` : url;
}

async function explainUnreachable(url: string, fetcher: Fetch, cause: unknown): Promise<TwinError> {
  const at = { url: shorten(url) };
  try {
    await fetcher(url, { mode: "no-cors" });
  } catch {
    return new TwinError(
      "tileset.unreachable",
      `No answer from ${at.url}; check the address and the network.`,
      at,
      cause,
    );
  }
  return new TwinError(
    "tileset.cors",
    `${at.url} answers but does not let other pages read it; its server must send Access-Control-Allow-Origin.`,
    at,
    cause,
  );
}

function refuseStatus(status: number, url: string): TwinError {
  const at = { url: shorten(url), status };
  if (status === 404 || status === 410)
    return new TwinError(
      "tileset.not-found",
      `Nothing at ${at.url} (HTTP ${status}); check the address.`,
      at,
    );
  if (status === 401 || status === 403)
    return new TwinError(
      "tileset.forbidden",
      `${at.url} wants permission (HTTP ${status}); add a key or token.`,
      at,
    );
  return new TwinError("tileset.http", `${at.url} answered HTTP ${status}; try again later.`, at);
}

/** Reads what a tileset says of itself, from the parsed JSON; throws `tileset.not-a-tileset` or `tileset.unsupported-version`. */
export function readTilesetHeader(json: unknown, url: string): TilesetHeader {
  const at = { url: shorten(url) };
  const root = json as {
    asset?: { version?: unknown; copyright?: unknown; extras?: { facade?: unknown; rows?: unknown } | null };
    root?: unknown;
  } | null;
  if (typeof root !== "object" || root === null || typeof root.asset !== "object" || !root.root)
    throw new TwinError(
      "tileset.not-a-tileset",
      `${at.url} is JSON but not a 3D Tiles tileset (no asset or root); give the address of its tileset.json.`,
      at,
    );
  const version = String(root.asset?.version ?? "");
  if (!["0.0", "1.0", "1.1"].includes(version))
    throw new TwinError(
      "tileset.unsupported-version",
      `${at.url} is 3D Tiles ${version || "of unknown version"}; versions 1.0 and 1.1 are supported.`,
      { ...at, version: version || "?" },
    );
  const copyright = root.asset?.copyright;
  return {
    version,
    copyright: typeof copyright === "string" ? copyright : null,
    hasFacade: root.asset?.extras?.facade === true,
    hasRows: root.asset?.extras?.rows === true,
  };
}

function parseText(text: string, url: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, "")) as unknown;
  } catch (cause) {
    const at = { url: shorten(url), start: text.trim().slice(0, 24) };
    throw new TwinError(
      "tileset.not-json",
      `${at.url} is not JSON (it begins with "${at.start}"); give the address of a tileset.json.`,
      at,
      cause,
    );
  }
}

/** Looks at a tileset before the engine does, so that a bad address gets one clear sentence. */
export async function probeTileset(
  url: string,
  signal: AbortSignal | undefined,
  fetcher: Fetch = fetch,
): Promise<TilesetHeader> {
  let response: Response;
  try {
    response = await fetcher(url, signal ? { signal } : {});
  } catch (cause) {
    if (isAbort(cause)) throw cause;
    throw await explainUnreachable(url, fetcher, cause);
  }
  if (!response.ok) throw refuseStatus(response.status, url);
  return readTilesetHeader(parseText(await response.text(), url), url);
}

export async function probeLocalTileset(
  url: string,
  path: string,
  readTile: (path: string) => Promise<ArrayBuffer>,
): Promise<TilesetHeader> {
  let bytes: ArrayBuffer;
  try {
    bytes = await readTile(path);
  } catch (cause) {
    throw new TwinError(
      "tileset.not-found",
      `The local model has no ${path}; import it again.`,
      { url: path },
      cause,
    );
  }
  return readTilesetHeader(parseText(new TextDecoder().decode(bytes), url), url);
}
