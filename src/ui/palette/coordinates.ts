/** A place typed as "longitude, latitude" in degrees. */
export interface TypedPlace {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
}

const PAIR = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*[,，;；\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*$/;

/** Reads "123.43, 41.80", with Chinese or Latin punctuation; null when it is not a pair of degrees. Longitude first. */
export function parseCoordinates(text: string): TypedPlace | null {
  const match = PAIR.exec(text);
  if (!match) return null;
  const longitudeDeg = Number(match[1]);
  const latitudeDeg = Number(match[2]);
  if (Math.abs(longitudeDeg) > 180 || Math.abs(latitudeDeg) > 90) return null;
  return { longitudeDeg, latitudeDeg };
}
