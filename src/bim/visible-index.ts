/**
 * Writes the corners of visible features into `target`, in order, and returns how many: one buffer serves every filter,
 * so that hiding a storey allocates nothing on the GPU.
 *
 * @param index corners grouped by feature
 * @param first featureCount + 1 positions in `index`
 * @param target at least as long as `index`
 */
export function writeVisibleIndex(
  index: Uint32Array,
  first: Uint32Array,
  isVisible: (feature: number) => boolean,
  target: Uint32Array,
): number {
  let count = 0;
  for (let f = 0; f + 1 < first.length; f++) {
    const from = first[f] as number;
    const to = first[f + 1] as number;
    if (to === from || !isVisible(f)) continue;
    target.set(index.subarray(from, to), count);
    count += to - from;
  }
  return count;
}
