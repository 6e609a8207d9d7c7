import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

const LOOPBACK = /^(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/;
const LOOPBACK_HOST = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * Whether a request comes from this computer and, when a browser sends it, from a page of this very server. The address alone does
 * not say so: any site's page may speak to 127.0.0.1, and a name of its own may be made to point there (DNS rebinding), so the
 * `Host` must be a loopback name and the `Origin`, which pages cannot forge, must be that host.
 */
export function isOwnComputer(request: IncomingMessage | undefined): boolean {
  if (!request || !LOOPBACK.test(request.socket.remoteAddress ?? "")) return false;
  const { host = "", origin } = request.headers;
  if (!LOOPBACK_HOST.test(host)) return false;
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
}

/** Compares in a time that does not depend on where two texts differ. */
export function sameSecret(given: Readonly<Buffer> | string, expected: string): boolean {
  const hash = (text: string | Buffer) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given as Buffer), hash(expected));
}
