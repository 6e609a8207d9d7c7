/** Column-major 4x4, 16 doubles. Names are `targetFromSource`, so that products touch: `mul(ecefFromEnu, enuFromIfc)`. */
export type Mat4 = Float64Array;

export type Point3 = readonly [number, number, number];

/** a · b: applies b first. */
export function mul(a: ArrayLike<number>, b: ArrayLike<number>): Mat4 {
  const out = new Float64Array(16);
  for (let col = 0; col < 4; col++)
    for (let row = 0; row < 4; row++) {
      let sum = 0;
      for (let k = 0; k < 4; k++) sum += (a[k * 4 + row] ?? 0) * (b[col * 4 + k] ?? 0);
      out[col * 4 + row] = sum;
    }
  return out;
}

/** Inverse of an affine matrix (last row 0 0 0 1). Throws RangeError when it is singular. */
export function invertAffine(m: ArrayLike<number>): Mat4 {
  const at = (row: number, col: number) => m[col * 4 + row] ?? 0;
  const cofactor = (r0: number, c0: number, r1: number, c1: number) =>
    at(r0, c0) * at(r1, c1) - at(r0, c1) * at(r1, c0);
  const c00 = cofactor(1, 1, 2, 2);
  const c01 = -cofactor(1, 0, 2, 2);
  const c02 = cofactor(1, 0, 2, 1);
  const det = at(0, 0) * c00 + at(0, 1) * c01 + at(0, 2) * c02;
  if (!Number.isFinite(1 / det)) throw new RangeError("matrix is singular");
  const linear = [
    [c00, -cofactor(0, 1, 2, 2), cofactor(0, 1, 1, 2)],
    [c01, cofactor(0, 0, 2, 2), -cofactor(0, 0, 1, 2)],
    [c02, -cofactor(0, 0, 2, 1), cofactor(0, 0, 1, 1)],
  ];
  const out = new Float64Array(16);
  linear.forEach((cells, row) => {
    let shift = 0;
    cells.forEach((cell, col) => {
      out[col * 4 + row] = cell / det;
      shift -= (cell / det) * at(col, 3);
    });
    out[12 + row] = shift;
  });
  out[15] = 1;
  return out;
}

/** The point `p` through the affine matrix `m`. */
export function transformPoint(m: ArrayLike<number>, p: Point3): [number, number, number] {
  const at = (i: number) => m[i] ?? 0;
  return [
    at(0) * p[0] + at(4) * p[1] + at(8) * p[2] + at(12),
    at(1) * p[0] + at(5) * p[1] + at(9) * p[2] + at(13),
    at(2) * p[0] + at(6) * p[1] + at(10) * p[2] + at(14),
  ];
}

export function identity(): Mat4 {
  return scaling(1);
}

/** Counter-clockwise about +z, radians. */
export function rotationZ(rad: number): Mat4 {
  const [c, s] = [Math.cos(rad), Math.sin(rad)];
  return new Float64Array([c, s, 0, 0, -s, c, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
}

export function translation(x: number, y: number, z: number): Mat4 {
  return new Float64Array([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, x, y, z, 1]);
}

/** The same factor on all three axes. */
export function scaling(s: number): Mat4 {
  return new Float64Array([s, 0, 0, 0, 0, s, 0, 0, 0, 0, s, 0, 0, 0, 0, 1]);
}
