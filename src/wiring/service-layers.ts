import { TwinError } from "../base/errors.ts";
import type { ServiceLayer } from "../domain/service-layer.ts";

const MOST_BYTES = 8 << 20;

/** Asks a WMS or WMTS server for its layers. Rejects with `map.unreachable`, `map.not-found` or `map.no-service`. */
export async function askServiceLayers(kind: "wms" | "wmts", url: string): Promise<readonly ServiceLayer[]> {
  const address = new URL(url, document.baseURI);
  const names = [...address.searchParams.keys()];
  for (const name of names) if (/^(request|service|version)$/i.test(name)) address.searchParams.delete(name);
  if (!/\.xml$/i.test(address.pathname)) {
    address.searchParams.set("SERVICE", kind.toUpperCase());
    address.searchParams.set("REQUEST", "GetCapabilities");
  }
  const { host } = address;
  const response = await fetch(address, { credentials: "omit" }).catch((cause: unknown) => {
    throw new TwinError(
      "map.unreachable",
      `The map server ${host} cannot be reached: check the address, and that it allows other pages (CORS).`,
      { host },
      cause,
    );
  });
  if (!response.ok)
    throw new TwinError(
      "map.not-found",
      `The map server ${host} answered HTTP ${response.status}: check the address and the layer's name.`,
      { host, status: response.status },
    );
  const text = (await response.text()).slice(0, MOST_BYTES);
  const { parseCapabilities } = await import("../feed/map-capabilities.ts");
  return parseCapabilities(kind, text, host);
}
