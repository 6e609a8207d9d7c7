import { toPlainError } from "../../src/base/errors.ts";
import type { WasmLocator } from "./ifc-file.ts";
import { buffersOf, type PackedElements } from "./packed-elements.ts";
import { readShare } from "./read-share.ts";

interface Wanted {
  readonly kind: "begin";
}

type HelpReply =
  | { readonly kind: "done"; readonly packed: PackedElements }
  | { readonly kind: "failed"; readonly detail: string };

const SHARES = 2;

/** Asks the worker at the other end of the port for the second share of the file that it was given. */
export function askForHelp(port: MessagePort): Promise<PackedElements> {
  return new Promise((resolve, reject) => {
    port.onmessage = ({ data }: MessageEvent<HelpReply>) => {
      if (data.kind === "done") resolve(data.packed);
      else reject(new Error(data.detail));
      port.close();
    };
    port.postMessage({ kind: "begin" } satisfies Wanted);
  });
}

/** Waits until the other end asks: a file that is stored already needs no help. */
export function offerHelp(file: Blob, fileName: string, wasm: WasmLocator, port: MessagePort): void {
  port.onmessage = async () => {
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const packed = await readShare(bytes, fileName, wasm, { at: 1, of: SHARES });
      port.postMessage({ kind: "done", packed } satisfies HelpReply, buffersOf(packed));
    } catch (error) {
      port.postMessage({ kind: "failed", detail: toPlainError(error).message } satisfies HelpReply);
    }
  };
}
