import type { BoundingSphere, Cartesian2, Cartesian4, Color, Matrix4, PrimitiveType } from "cesium";

/**
 * Cesium's renderer as far as own primitives need it: exported by the package and used by many, but not in its typings. Read in 1.145,
 * whose version is pinned; what is not here must not be used.
 */
declare module "cesium" {
  export interface PickId {
    /** Stands for the object where everything is drawn to be picked. */
    readonly color: Color;
    destroy(): void;
  }

  export interface RenderContext {
    createPickId(object: object): PickId;
  }

  export interface RenderFrame {
    readonly context: RenderContext;
    readonly commandList: DrawCommand[];
    readonly passes: { readonly render: boolean; readonly pick: boolean };
  }

  export class Buffer {
    static createVertexBuffer(options: {
      context: RenderContext;
      sizeInBytes: number;
      usage: number;
    }): Buffer;
    copyFromArrayView(view: ArrayBufferView, offsetInBytes?: number): void;
  }

  export const BufferUsage: { readonly STATIC_DRAW: number; readonly DYNAMIC_DRAW: number };

  export class VertexArray {
    constructor(options: {
      context: RenderContext;
      attributes: readonly (
        | {
            index: number;
            vertexBuffer: Buffer;
            componentDatatype: number;
            componentsPerAttribute: number;
            offsetInBytes?: number;
            strideInBytes?: number;
          }
        /** The same for every vertex. */
        | { index: number; value: readonly number[] }
      )[];
    });
    /** Its buffers go with it. */
    destroy(): void;
  }

  export class ShaderProgram {
    static fromCache(options: {
      context: RenderContext;
      vertexShaderSource: string;
      fragmentShaderSource: string;
      attributeLocations: Readonly<Record<string, number>>;
    }): ShaderProgram;
    destroy(): void;
  }

  export interface RenderState {
    readonly id: number;
  }
  export const RenderState: { fromCache(options: object): RenderState };

  export const Pass: { readonly TRANSLUCENT: number };

  export class DrawCommand {
    constructor(options: {
      owner: object;
      vertexArray: VertexArray;
      shaderProgram: ShaderProgram;
      renderState: RenderState;
      uniformMap: Readonly<
        Record<string, () => readonly (Cartesian4 | Cartesian2)[] | number | Color | undefined>
      >;
      primitiveType: PrimitiveType;
      pass: number;
      count: number;
      modelMatrix: Matrix4;
      boundingVolume: BoundingSphere;
      pickId?: string | undefined;
    });
  }
}
