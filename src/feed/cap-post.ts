import type { PublishOutcome } from "./mqtt-publish.ts";

const TIMEOUT_MS = 10_000;
const MAX_DETAIL = 200;

/**
 * Hands a CAP message to an address by HTTP POST. Never rejects. 2xx and 409 (it has it already) count as sent; 408, 425, 429 and 5xx
 * may work later; everything else is a refusal. Redirects are not followed: the message goes where the operator said, or nowhere.
 */
export async function postCap(
  url: string,
  xml: string,
  { token, fetch: send = fetch }: { readonly token?: string; readonly fetch?: typeof fetch } = {},
): Promise<PublishOutcome> {
  try {
    const response = await send(url, {
      method: "POST",
      body: xml,
      headers: {
        "Content-Type": "application/cap+xml; charset=utf-8",
        ...(token && { Authorization: `Bearer ${token}` }),
      },
      credentials: "omit",
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok || response.status === 409) return { result: "sent", detail: "" };
    if (response.type === "opaqueredirect") return { result: "refused", detail: "redirected elsewhere" };
    const said = (await response.text().catch(() => "")).trim().slice(0, MAX_DETAIL);
    const detail = `HTTP ${response.status}${said === "" ? "" : `: ${said}`}`;
    const isForNow = [408, 425, 429].includes(response.status) || response.status >= 500;
    return { result: isForNow ? "unreachable" : "refused", detail };
  } catch (error) {
    return { result: "unreachable", detail: error instanceof Error ? error.message : "connection failed" };
  }
}
