declare module "earcut" {
  /** Triangles as vertex indices of flat coordinates; `holeIndices` are the first vertices of the holes. */
  export default function earcut(
    data: ArrayLike<number>,
    holeIndices?: readonly number[] | null,
    dim?: number,
  ): number[];
}
