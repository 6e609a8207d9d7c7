/** Test support: a process of its own that converts what it is sent and says how each ended. */
import { TwinError } from "../../src/base/errors.ts";
import { convertIfc } from "../../workers/ifc/convert.ts";
import { MemorySink } from "../../workers/tiles/tileset.ts";

export interface FuzzAnswer {
  readonly outcome: "converted" | "refused" | "broke";
  /** Error code, or what broke. */
  readonly detail: string;
}

/** The kernel is compiled once for all files: that would be nine tenths of the time. Each file gets an instance of its own. */
function compileOnce(): void {
  const instantiate = WebAssembly.instantiate.bind(WebAssembly) as (
    module: WebAssembly.Module,
    imports?: WebAssembly.Imports,
  ) => Promise<WebAssembly.Instance>;
  let module: WebAssembly.Module | null = null;
  const once = async (bytes: BufferSource, imports?: WebAssembly.Imports) => {
    module ??= await WebAssembly.compile(bytes);
    return { module, instance: await instantiate(module, imports) };
  };
  Object.assign(WebAssembly, { instantiate: once });
}

compileOnce();

async function convert(bytes: Uint8Array): Promise<FuzzAnswer> {
  try {
    const { model } = await convertIfc(bytes, null, new MemorySink(), { fileName: "twin.ifc" });
    return { outcome: "converted", detail: String(model.counts.elements) };
  } catch (error) {
    if (error instanceof TwinError) return { outcome: "refused", detail: error.code };
    return {
      outcome: "broke",
      detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

process.on("message", (text: string) => {
  void convert(new TextEncoder().encode(text)).then((answer) => process.send?.(answer));
});
process.send?.({ outcome: "converted", detail: "ready" });
