/** SHA-256 of the three inline styles of cesium 1.145.0; recompute when its version changes (Chromium prints them). */
const CESIUM_STYLE_HASHES = [
  // style attribute of the feature detection element
  "'sha256-BVJq0J0CcoIBO7ikkmisQ5kYoOnqxRUC37ihQ3YWZQQ='",
  // <style> element of CreditDisplay
  "'sha256-gM2CWYHXIHTu7Ts6ncwv0GMWZ9LXGrz2qqqjyuDojl8='",
  // style attribute of the credit image
  "'sha256-GU5zilGWFiRrmr4xJeDjQZKuKRcLO8ZT+o0Avfni8Sw='",
];

/** Users may add any tileset, base map or broker; `--connect` narrows this to what an operator allows. */
const ANY_HOST = "https: http: wss: ws:";

/**
 * The Content-Security-Policy that the product runs under: no `unsafe-eval`, no inline script.
 * `connect` is a space-separated list of CSP sources beside `'self'`, for example `https://tiles.example wss://broker.example`.
 * Throws when it holds anything that could end the directive.
 */
export function contentSecurityPolicy(connect?: string): string {
  const hosts = connect === undefined ? ANY_HOST : checkedSources(connect);
  const images = hosts
    .split(" ")
    .filter((source) => source !== "" && !/^wss?:/.test(source))
    .join(" ");
  return [
    // what is not named below is refused
    "default-src 'none'",
    // own bundles only; WebAssembly for meshopt and web-ifc
    "script-src 'self' 'wasm-unsafe-eval'",
    // module workers of our own and Cesium's; no blob workers
    "worker-src 'self'",
    // tiles, manifests, the broker
    `connect-src 'self' ${hosts}`.trimEnd(),
    // base map tiles; Cesium's WebP test and billboards are data: and blob:
    `img-src 'self' data: blob: ${images}`.trimEnd(),
    // own style sheets; three inline styles of Cesium by hash
    `style-src 'self' 'unsafe-hashes' ${CESIUM_STYLE_HASHES.join(" ")}`,
    // system fonts need nothing; icons fonts of our own only
    "font-src 'self'",
    // installable page
    "manifest-src 'self'",
    // a <base> would redirect every relative URL
    "base-uri 'none'",
    "object-src 'none'",
    // nothing is ever posted by a form
    "form-action 'none'",
    // no clickjacking
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Headers of every answer, errors and worker scripts included. */
export function securityHeaders(connect?: string): Readonly<Record<string, string>> {
  return {
    "Content-Security-Policy": contentSecurityPolicy(connect),
    // types are what we say they are
    "X-Content-Type-Options": "nosniff",
    // the URL carries camera and selection: other hosts do not get to read it
    "Referrer-Policy": "no-referrer",
    // no other window keeps a handle on ours
    "Cross-Origin-Opener-Policy": "same-origin",
    // models and tiles are not for other sites' pages
    "Cross-Origin-Resource-Policy": "same-origin",
    // devices that the product never asks for
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
  };
}

function checkedSources(connect: string): string {
  const sources = connect.split(/\s+/).filter((source) => source !== "");
  for (const source of sources)
    if (
      !/^(?:(?:https?|wss?):(?:\/\/[A-Za-z0-9*.\-[\]]+(?::(?:\d+|\*))?(?:\/[\w\-./]*)?)?|'self')$/.test(
        source,
      )
    )
      throw new Error(
        `--connect: "${source}" is no source of a content security policy. Give origins such as https://tiles.example or wss://broker.example.`,
      );
  return sources.filter((source) => source !== "'self'").join(" ");
}
