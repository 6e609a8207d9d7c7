import { TwinError } from "../base/errors.ts";

/** Address of the hub's control beside its broker: `ws://host/mqtt` is controlled at `http://host/hub`. */
export function hubControlUrl(feedUrl: string): string {
  return new URL("hub", feedUrl.replace(/^ws/, "http")).href;
}

/** Asks the hub to set its clock. Throws TwinError `feed.clock`. */
export async function setHubClock(
  feedUrl: string,
  change: { readonly paused?: boolean; readonly speed?: number },
  publishToken: string | undefined,
): Promise<void> {
  const response = await fetch(hubControlUrl(feedUrl), {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      ...(publishToken && { Authorization: `Bearer ${publishToken}` }),
    },
    body: JSON.stringify(change),
    credentials: "omit",
  }).catch((error: unknown) => {
    throw refused("the hub gave no answer", error);
  });
  if (response.ok) return;
  const body: unknown = await response.json().catch(() => null);
  const reason = (body as { error?: unknown } | null)?.error;
  throw refused(typeof reason === "string" ? reason : `the hub answered HTTP ${response.status}`);
}

function refused(reason: string, cause?: unknown): TwinError {
  return new TwinError("feed.clock", `The simulation clock was not changed: ${reason}.`, { reason }, cause);
}
