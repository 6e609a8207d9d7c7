/** PNG of a canvas that has just been drawn, at most `widthPx` wide. Reads the pixels before it returns. */
export function snapshotOf(canvas: HTMLCanvasElement, widthPx: number): Promise<Blob> {
  const scale = Math.min(1, widthPx / Math.max(1, canvas.width));
  const small = document.createElement("canvas");
  small.width = Math.max(1, Math.round(canvas.width * scale));
  small.height = Math.max(1, Math.round(canvas.height * scale));
  small.getContext("2d")?.drawImage(canvas, 0, 0, small.width, small.height);
  return new Promise((resolve, reject) =>
    small.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("the canvas gave no picture"))),
      "image/png",
    ),
  );
}
