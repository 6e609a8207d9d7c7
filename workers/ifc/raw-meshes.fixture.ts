/** Test support: what web-ifc itself says of a model, through its own transforms and units. */
import { IfcAPI, LogLevel } from "web-ifc";

export interface RawElement {
  readonly triangles: number;
  /** xyz in web-ifc's world turned to z up, metres. */
  readonly points: Float64Array;
}

/** Elements by express id; only those with at least one triangle. */
export async function readRawElements(step: Uint8Array): Promise<Map<number, RawElement>> {
  const api = new IfcAPI();
  await api.Init(undefined, true);
  api.SetLogLevel(LogLevel.LOG_LEVEL_OFF);
  const model = api.OpenModel(step, { TAPE_SIZE: 4 << 20 });
  const elements = new Map<number, { triangles: number; points: number[] }>();
  api.StreamAllMeshes(model, ({ expressID, geometries }) => {
    const element = elements.get(expressID) ?? { triangles: 0, points: [] };
    for (let i = 0; i < geometries.size(); i++) {
      const { geometryExpressID, flatTransformation: m } = geometries.get(i);
      const geometry = api.GetGeometry(model, geometryExpressID);
      const vertices = api.GetVertexArray(geometry.GetVertexData(), geometry.GetVertexDataSize());
      const used = new Set(api.GetIndexArray(geometry.GetIndexData(), geometry.GetIndexDataSize()));
      element.triangles += geometry.GetIndexDataSize() / 3;
      geometry.delete();
      for (const vertex of used) {
        const [x, y, z] = [vertices[vertex * 6]!, vertices[vertex * 6 + 1]!, vertices[vertex * 6 + 2]!];
        const [a, b, c] = [0, 1, 2].map(
          (axis) => m[axis]! * x + m[4 + axis]! * y + m[8 + axis]! * z + m[12 + axis]!,
        );
        element.points.push(a!, -c!, b!);
      }
    }
    if (element.triangles > 0) elements.set(expressID, element);
  });
  api.CloseModel(model);
  return new Map(
    [...elements].map(([id, { triangles, points }]) => [
      id,
      { triangles, points: Float64Array.from(points) },
    ]),
  );
}
