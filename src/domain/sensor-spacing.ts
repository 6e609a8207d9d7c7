const METERS_PER_DEG = 111_320;

/**
 * Typical distance between neighbours, metres: the side of the square that each of them would have of the box around all.
 * `positions` are interleaved lon, lat, height; `rows` are those that count. 0 for fewer than two.
 */
export function sensorSpacing(positions: Float64Array, rows: ArrayLike<number>): number {
  if (rows.length < 2) return 0;
  let [west, south, east, north] = [180, 90, -180, -90];
  for (let i = 0; i < rows.length; i++) {
    const at = 3 * (rows[i] ?? 0);
    const [lon = 0, lat = 0] = [positions[at], positions[at + 1]];
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const width = (east - west) * METERS_PER_DEG * Math.cos((((south + north) / 2) * Math.PI) / 180);
  const height = (north - south) * METERS_PER_DEG;
  const isLine = Math.min(width, height) < 1;
  return isLine ? Math.max(width, height) / (rows.length - 1) : Math.sqrt((width * height) / rows.length);
}
