import { expose } from "comlink";
import { toPlainError } from "../../src/base/errors.ts";
import { readModelFile } from "../../src/local/model-files.ts";
import { createReadingSession } from "./reading-session.ts";

const session = createReadingSession(readModelFile);
/** Comlink keeps only the message of an Error: thrown as plain data, code and params arrive as well. */
const plainly = new Proxy(session, {
  get: (target, name) => {
    const verb = target[name as keyof typeof target] as (...args: unknown[]) => Promise<unknown>;
    return (...args: unknown[]) =>
      verb(...args).catch((error: unknown) => {
        throw toPlainError(error);
      });
  },
});
expose(plainly);
