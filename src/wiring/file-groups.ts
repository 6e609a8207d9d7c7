/** Parts of a shapefile beside the `.shp`. */
const SHAPE_PARTS = /\.(dbf|prj|cpg|shx|sbn|sbx|qix|qmd|shp\.xml)$/i;

/** Files that belong together: a shapefile's parts with their `.shp` first; everything else alone. */
export function groupFiles(files: readonly File[]): File[][] {
  const stem = (name: string) => name.replace(/\.shp\.xml$|\.[^.]*$/i, "").toLowerCase();
  const mains = files.filter(({ name }) => /\.shp$/i.test(name));
  const isPart = (file: File) =>
    SHAPE_PARTS.test(file.name) && mains.some((main) => stem(main.name) === stem(file.name));
  return files
    .filter((file) => !isPart(file))
    .map((file) =>
      mains.includes(file)
        ? [file, ...files.filter((other) => isPart(other) && stem(other.name) === stem(file.name))]
        : [file],
    );
}
