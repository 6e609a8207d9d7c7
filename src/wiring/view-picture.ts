/** Wide enough to recognise a place, small enough for a log: some 40 kB. */
const WIDTH_PX = 480;
const QUALITY = 0.78;

/** A small JPEG (a data URL) of what a picture shows; null where the browser cannot make one. */
export async function smallPicture(picture: Blob | string): Promise<string | null> {
  try {
    const bitmap = await createImageBitmap(await sourceOf(picture), {
      resizeWidth: WIDTH_PX,
      resizeQuality: "high",
    });
    const canvas = document.createElement("canvas");
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
    bitmap.close();
    return canvas.toDataURL("image/jpeg", QUALITY);
  } catch {
    return null;
  }
}

/** Fetching a data URL is a connection, which the page's policy does not allow; an image is none. */
async function sourceOf(picture: Blob | string): Promise<ImageBitmapSource> {
  if (typeof picture !== "string") return picture;
  const image = new Image();
  image.src = picture;
  await image.decode();
  return image;
}
