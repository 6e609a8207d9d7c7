import { toPlainError } from "../base/errors.ts";
import type { TwinApi } from "./window-twin.ts";

/**
 * Lets pages of the listed origins embed the twin: `{ twin: 1, id, command }` is answered by `{ twin: 1, id, ok, error? }`,
 * `{ twin: 1, id, ask: "state" }` by the state. Other origins get no answer at all.
 */
export function listenToEmbedders(api: TwinApi, origins: readonly string[]): () => void {
  const onMessage = async (event: MessageEvent) => {
    const { data, source, origin } = event;
    if (!origins.includes(origin) || !source || typeof data !== "object" || data?.twin !== 1) return;
    const reply = (answer: Record<string, unknown>) =>
      source.postMessage({ twin: 1, id: data.id, ...answer }, { targetOrigin: origin });
    try {
      if (data.ask === "state") return reply({ ok: true, state: api.state() });
      await api.run(data.command);
      reply({ ok: true });
    } catch (error) {
      reply({ ok: false, error: toPlainError(error) });
    }
  };
  window.addEventListener("message", onMessage);
  return () => window.removeEventListener("message", onMessage);
}
