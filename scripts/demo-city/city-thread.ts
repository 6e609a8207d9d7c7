import { parentPort, workerData } from "node:worker_threads";
import { toPlainError } from "../../src/base/errors.ts";
import type { CityId } from "../../src/domain/city.ts";
import { generateDemoCity } from "../demo-city.ts";
import type { CityReply } from "./on-threads.ts";

const { cityId, outDir } = workerData as { readonly cityId: CityId; readonly outDir: string };
const say = (reply: CityReply): void => parentPort!.postMessage(reply);

generateDemoCity(cityId, outDir, (line) => say({ kind: "line", line })).then(
  () => say({ kind: "done" }),
  (cause: unknown) => say({ kind: "failed", error: toPlainError(cause) }),
);
