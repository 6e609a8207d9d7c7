/** a · b of affine matrices, into `out`: a matrix made for each of ten thousand parts costs more than its use. */
export function mulInto(out: Float64Array, a: ArrayLike<number>, b: readonly number[]): void {
  for (let at = 0; at < 16; at += 4) {
    const [x, y, z, w] = [b[at]!, b[at + 1]!, b[at + 2]!, at === 12 ? 1 : 0];
    out[at] = a[0]! * x + a[4]! * y + a[8]! * z + a[12]! * w;
    out[at + 1] = a[1]! * x + a[5]! * y + a[9]! * z + a[13]! * w;
    out[at + 2] = a[2]! * x + a[6]! * y + a[10]! * z + a[14]! * w;
    out[at + 3] = w;
  }
}
