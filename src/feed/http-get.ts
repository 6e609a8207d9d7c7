import { type PlainError, TwinError, toPlainError } from "../base/errors.ts";
import type { FeedCredentials, HttpContext } from "./feed-adapter.ts";

/** Largest answer that is read: 10 000 Things with their Datastreams take about 20 MB. */
const MAX_BYTES = 32 * 1024 * 1024;
const TIMEOUT_MS = 20_000;
const MAX_RETRY_AFTER_S = 600;

/**
 * Body of an answer, at most 32 MB within 20 s. Credentials go to the feed's own origin only. Throws TwinError
 * `feed.unreachable`, `feed.status` (params `status`, `retryAfterS`) or `feed.size`; an abort as itself.
 */
export async function getBytes(
  context: HttpContext,
  url: string,
  accept: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  const response = await ask(context, url, { Accept: accept }, limited);
  try {
    return await readLimited(response, url);
  } catch (error) {
    if (signal.aborted || error instanceof TwinError) throw error;
    throw unreachable(url, error);
  }
}

/** The answer with a status of 200 to 299; throws as `getBytes` does. */
export async function ask(
  context: HttpContext,
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> {
  const isOwn = new URL(url).origin === new URL(context.url).origin;
  const authorization = isOwn ? authorizationOf(context.credentials) : null;
  const response = await context
    .fetch(url, {
      headers: { ...headers, ...(authorization !== null && { Authorization: authorization }) },
      // the browser's cache asks whether its copy still holds, without a preflight
      cache: "no-cache",
      credentials: "omit",
      signal,
    })
    .catch((error: unknown) => {
      throw unreachable(url, error);
    });
  if (response.ok) return response;
  await response.body?.cancel().catch(() => {});
  const retryAfterS = Math.min(MAX_RETRY_AFTER_S, Number(response.headers.get("Retry-After")) || 0);
  throw new TwinError("feed.status", `${publicUrl(url)} answered HTTP ${response.status}.`, {
    url: publicUrl(url),
    status: response.status,
    retryAfterS,
  });
}

/** Whether another try meets the same answer: not authorised, forbidden, gone for good. */
export function isRefusal(error: unknown): boolean {
  return (
    error instanceof TwinError &&
    error.code === "feed.status" &&
    [401, 403, 410].includes(Number(error.params.status))
  );
}

/** Milliseconds that the server asks to wait; 0 when it asks nothing. */
export function retryAfterMsOf(error: unknown): number {
  return error instanceof TwinError ? Number(error.params.retryAfterS ?? 0) * 1000 : 0;
}

/** A failure with a code, for people who do not read English; undefined for any other. */
export function problemOf(error: unknown): PlainError | undefined {
  return error instanceof TwinError ? toPlainError(error) : undefined;
}

/** An address without its query, which may hold keys. */
export function publicUrl(url: string): string {
  return url.replace(/[?#].*$/, "");
}

function authorizationOf(credentials: FeedCredentials | null): string | null {
  if (credentials?.password === undefined) return null;
  if (credentials.username === undefined) return `Bearer ${credentials.password}`;
  const bytes = new TextEncoder().encode(`${credentials.username}:${credentials.password}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

async function readLimited(response: Response, url: string): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > MAX_BYTES) {
      await reader.cancel().catch(() => {});
      throw new TwinError(
        "feed.size",
        `${publicUrl(url)} sent more than ${MAX_BYTES} bytes; it was not read.`,
        {
          url: publicUrl(url),
          limit: MAX_BYTES,
        },
      );
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

function unreachable(url: string, cause: unknown): TwinError {
  return new TwinError(
    "feed.unreachable",
    `${publicUrl(url)} gave no answer. Check the address, the network, and that its server allows this page (CORS).`,
    { url: publicUrl(url) },
    cause,
  );
}
