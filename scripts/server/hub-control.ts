import type { IncomingMessage, ServerResponse } from "node:http";
import * as v from "valibot";
import { isOwnComputer, sameSecret } from "./own-computer.ts";
import type { Replay } from "./replay.ts";

export const HUB_PATH = "/hub";
const MAX_BODY_BYTES = 1024;
/** A storm's minute takes 5 s at speed 1: at 60 a day of storms passes in two hours. */
export const MAX_SPEED = 60;
export const MIN_SPEED = 0.1;

const bodySchema = v.strictObject({
  paused: v.exactOptional(v.boolean()),
  speed: v.exactOptional(v.pipe(v.number(), v.minValue(MIN_SPEED), v.maxValue(MAX_SPEED))),
  /** An order to a unit: `readUnitOrder` says what is in it. */
  order: v.exactOptional(v.unknown()),
});

/**
 * `POST /hub {paused?, speed?}` sets the simulation's clock and answers with it; `{order}` gives an order to a unit. Whoever has the publish token may
 * (`Authorization: Bearer`); without one only a page of this server on this computer: a browser must send its `Origin`, and JSON,
 * which no other site's page may send unasked.
 */
export async function controlHub(
  request: IncomingMessage,
  response: ServerResponse,
  replay: Replay | null,
  publishToken: string | undefined,
): Promise<void> {
  const answer = (status: number, body: object): void => {
    response
      .writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store" })
      .end(`${JSON.stringify(body)}\n`);
  };
  if (request.method !== "POST") {
    response.setHeader("Allow", "POST");
    return answer(405, { error: "POST { paused, speed } sets the clock of the simulation" });
  }
  if (!mayControl(request, publishToken))
    return answer(403, {
      error: "only a page of this server on this computer may, or whoever has the publish token",
    });
  if (!/^application\/json\b/.test(request.headers["content-type"] ?? ""))
    return answer(415, { error: "the body should be application/json" });
  if (replay === null) return answer(404, { error: "no simulation plays here" });
  const body = await readBody(request);
  const parsed = v.safeParse(bodySchema, body);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return answer(400, { error: `${v.getDotPath(issue) ?? "body"}: ${issue.message}` });
  }
  const { order, ...clock } = parsed.output;
  if (order !== undefined) {
    const problem = replay.takeOrder(order);
    return problem === null ? answer(202, { order: "taken" }) : answer(409, { error: problem });
  }
  await replay.setClock(clock);
  answer(200, replay.clock);
}

function mayControl(request: IncomingMessage, publishToken: string | undefined): boolean {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  if (bearer !== undefined) return publishToken !== undefined && sameSecret(bearer, publishToken);
  const site = request.headers["sec-fetch-site"];
  return (
    isOwnComputer(request) &&
    request.headers.origin !== undefined &&
    (site === undefined || site === "same-origin")
  );
}

/** The body as JSON; undefined when it is none or too long. */
async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return undefined;
  }
}
