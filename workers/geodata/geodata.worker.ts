import { expose, transfer } from "comlink";
import { toPlainError } from "../../src/base/errors.ts";
import type { DataWindow, GeodataWorker, OpenedData } from "./contract.ts";
import { GeodataSession } from "./geodata-session.ts";

const session = new GeodataSession();

/** Comlink keeps only the message of an Error: thrown as plain data, code and params arrive as well. */
async function plainly<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toPlainError(error);
  }
}

function buffersOf(opened: OpenedData): ArrayBuffer[] {
  if (opened.kind !== "features") return [];
  const lots = [
    ...opened.points,
    ...(opened.lines ? [opened.lines] : []),
    ...(opened.areas ? [opened.areas] : []),
  ];
  return lots.flatMap((lot) =>
    Object.values(lot).flatMap((part) => (ArrayBuffer.isView(part) ? [part.buffer as ArrayBuffer] : [])),
  );
}

function createCanvas(pixels: number): OffscreenCanvasRenderingContext2D {
  return new OffscreenCanvas(pixels, pixels).getContext("2d")!;
}

async function rasterPicture(window: DataWindow): Promise<ImageData | null> {
  const pixels = await session.drawRaster(window);
  return pixels && new ImageData(pixels, window.pixels, window.pixels);
}

const worker: GeodataWorker = {
  open: async (files, options, onProgress) => {
    const opened = await plainly(() => session.open(files, options, onProgress));
    return transfer(opened, buffersOf(opened));
  },
  drawTile: async (window, color, feature) => {
    const context = session.draw(window, color, feature, createCanvas);
    const picture = context?.canvas ?? (await rasterPicture(window));
    if (!picture) return null;
    // As the engine reads pictures: first row in the south, colours not multiplied.
    const bitmap = await createImageBitmap(picture, {
      imageOrientation: "flipY",
      premultiplyAlpha: "none",
    });
    return transfer(bitmap, [bitmap]);
  },
  pick: (longitudeDeg, latitudeDeg, metersPerPixel) =>
    plainly(() => session.pick(longitudeDeg, latitudeDeg, metersPerPixel)),
  describe: (feature) => plainly(() => session.describe(feature)),
  tableQuery: (query) => plainly(() => session.table.tableQuery(query)),
  tableRows: (from, to) => plainly(() => session.table.tableRows(from, to)),
  tablePosition: (feature) => plainly(() => session.table.tablePosition(feature)),
  tableClasses: (column) => plainly(() => session.table.tableClasses(column)),
  tableExport: (format, words) => plainly(() => session.table.tableExport(format, words)),
  readTile: async (path) => {
    const bytes = await plainly(() => session.readTile(path));
    return transfer(bytes, [bytes]);
  },
};
expose(worker);
