import { transfer } from "comlink";
import type { IfcAPI } from "web-ifc";
import { TwinError, toPlainError } from "../../src/base/errors.ts";
import { CONVERTER_VERSION, type IfcModel } from "../../src/domain/model.ts";
import { openModelSink, readModelFile, withModelLock } from "../../src/local/model-files.ts";
import type { IfcWorker } from "./contract.ts";
import { convertIfc, hashContent } from "./convert.ts";
import { startKernel, type WasmLocator } from "./ifc-file.ts";
import { refuseTooLarge } from "./ifc-source.ts";
import { readIfcText } from "./ifc-text.ts";
import { askForHelp, offerHelp } from "./shape-help.ts";
import { copyName, piecesOf, planCopy } from "./write-copy.ts";

async function isStored(modelId: string): Promise<boolean> {
  try {
    const text = new TextDecoder().decode(await readModelFile(modelId, "model.json"));
    return (JSON.parse(text) as IfcModel).converterVersion === CONVERTER_VERSION;
  } catch {
    return false;
  }
}

function nothingToShow(file: string, elements: number): TwinError {
  return new TwinError(
    "ifc.no_geometry",
    `${file} has no element with a shape that can be shown (${elements} have one that could not be built).`,
    { file, elements },
  );
}

/** The conversion with the browser's storage around it; errors leave as plain objects, for they cross to the page. */
export function createIfcWorker(wasm: WasmLocator): IfcWorker {
  let kernel: Promise<IfcAPI> | null = null;
  /** Each conversion has one to itself: the one that was started beforehand, or another. */
  const takeKernel = () => {
    const taken = kernel ?? startKernel(wasm);
    kernel = null;
    // a failure is met again where the kernel is needed
    taken.catch(() => {});
    return taken;
  };
  return {
    warm() {
      kernel ??= startKernel(wasm);
      kernel.catch(() => {});
    },
    help: (file, fileName, port) => offerHelp(file, fileName, wasm, port),
    async writeCopy(file, fileName, conversion, onProgress) {
      try {
        refuseTooLarge(file.size, fileName);
        onProgress({ stage: "read", done: 0, total: file.size });
        const bytes = new Uint8Array(await file.arrayBuffer());
        const { step, patches } = await planCopy(bytes, fileName, conversion);
        const whole = step.length === bytes.length ? file : new Blob([step as Uint8Array<ArrayBuffer>]);
        const pieces = piecesOf(step.length, patches).map((piece) =>
          typeof piece === "string" ? piece : whole.slice(piece.from, piece.to),
        );
        return { name: copyName(fileName), blob: new Blob(pieces, { type: "application/x-step" }) };
      } catch (error) {
        throw toPlainError(error);
      }
    },
    async convert(file, options, onProgress, onPreview, helper) {
      try {
        refuseTooLarge(file.size, options.fileName);
        const starting = takeKernel();
        onProgress({ stage: "read", done: 0, total: file.size });
        const bytes = new Uint8Array(await file.arrayBuffer());
        // on another thread
        const hashing = hashContent(bytes);
        const text = readIfcText(bytes, options.fileName);
        const modelId = await hashing;
        return await withModelLock(modelId, async () => {
          const isPlain = !options.crs && !options.place;
          if (isPlain && (await isStored(modelId))) return { modelId, summary: null, fromCache: true };
          const sink = await openModelSink(modelId);
          try {
            const { summary, model } = await convertIfc(bytes, wasm, sink, options, {
              onProgress,
              onPreview: (part) =>
                onPreview(transfer(part, [part.glb.buffer, part.tilesetJson.buffer]), modelId),
              text,
              kernel: starting,
              contentHash: modelId,
              helpers: helper ? [askForHelp(helper)] : [],
            });
            if (summary.elements === 0) throw nothingToShow(options.fileName, model.counts.withoutGeometry);
            return { modelId, summary, fromCache: false };
          } catch (error) {
            await sink.discard();
            throw error;
          }
        });
      } catch (error) {
        throw toPlainError(error);
      }
    },
  };
}
