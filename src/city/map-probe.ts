import { TwinError } from "../base/errors.ts";

/** Answers that a map server gives in place of a picture: the sentence in them is what users need. */
function reasonIn(text: string): string {
  const found =
    /<(?:\w+:)?ServiceException[^>]*>([\s\S]*?)<\/(?:\w+:)?ServiceException>/i.exec(text)?.[1] ??
    /<(?:\w+:)?ExceptionText[^>]*>([\s\S]*?)<\/(?:\w+:)?ExceptionText>/i.exec(text)?.[1] ??
    /"(?:message|msg)"\s*:\s*"([^"]{1,200})"/.exec(text)?.[1] ??
    "";
  return found
    .replace(/<!\[CDATA\[|\]\]>/g, "")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 200);
}

const hostOf = (url: string): string => new URL(url, location.href).host;

async function ask(url: string): Promise<Response> {
  try {
    return await fetch(url, { credentials: "omit" });
  } catch (cause) {
    throw new TwinError(
      "map.unreachable",
      `The map server ${hostOf(url)} cannot be reached: check the address, and that it allows other pages (CORS).`,
      { host: hostOf(url) },
      cause,
    );
  }
}

function refused(url: string, reason: string): TwinError {
  return new TwinError("map.refused", `The map server ${hostOf(url)} refused the request: ${reason}`, {
    host: hostOf(url),
    reason,
  });
}

function checkStatus(response: Response, url: string, text: string): void {
  if (response.status === 401 || response.status === 403)
    throw refused(url, reasonIn(text) || `HTTP ${response.status}`);
  if (!response.ok)
    throw new TwinError(
      "map.not-found",
      `The map server ${hostOf(url)} answered HTTP ${response.status}: check the address and the layer's name.`,
      { host: hostOf(url), status: response.status },
    );
}

/**
 * Asks for one picture of the map, so that a wrong address, layer or key is said at once and not shown as empty ground.
 * A tile that is not there (404) passes when `mayLack` is true: maps of a city have none of the rest.
 * Rejects with TwinError `map.unreachable`, `map.refused`, `map.not-found` or `map.no-picture`.
 */
export async function probePicture(url: string, mayLack = false): Promise<void> {
  const response = await ask(url);
  const type = response.headers.get("content-type") ?? "";
  const isPicture = /^image\//.test(type) || /octet-stream/.test(type);
  const text = isPicture ? "" : await response.text().catch(() => "");
  if (isPicture) await response.body?.cancel().catch(() => {});
  if (mayLack && (response.status === 404 || response.status === 204)) return;
  checkStatus(response, url, text);
  if (isPicture) return;
  const reason = reasonIn(text);
  if (reason) throw refused(url, reason);
  throw new TwinError(
    "map.no-picture",
    `The map server ${hostOf(url)} answered with ${type || "something"} instead of a picture: the address is not that of a map service.`,
    { host: hostOf(url), type: type || "?" },
  );
}

/** Text of a description. Rejects as `probePicture` does. */
export async function fetchDescription(url: string): Promise<string> {
  const response = await ask(url);
  const text = await response.text().catch(() => "");
  checkStatus(response, url, text);
  return text;
}

/** The description of an ArcGIS map server; its own error is told. */
export async function probeArcGis(url: string): Promise<void> {
  const text = await fetchDescription(`${url.replace(/[/?]+$/, "")}?f=json`);
  let json: { error?: { message?: string }; mapName?: string; layers?: unknown } = {};
  try {
    json = JSON.parse(text);
  } catch {
    // told below: it is no description
  }
  if (json.error) throw refused(url, json.error.message ?? "?");
  if (json.mapName === undefined && json.layers === undefined)
    throw new TwinError(
      "map.no-service",
      `${hostOf(url)} does not describe an ArcGIS map server there: the address ends with /MapServer.`,
      { host: hostOf(url), kind: "ArcGIS MapServer" },
    );
}
