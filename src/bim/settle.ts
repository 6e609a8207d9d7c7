import type { WebGLRenderer } from "three";

export const IDLE_POLL_MS = 40;

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Drawing is done when the graphics card says so, not when it was told: seconds later on software GL. */
export async function finishDrawing(renderer: WebGLRenderer, endMs: number): Promise<void> {
  const gl = renderer.getContext() as WebGL2RenderingContext;
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  if (!fence) return;
  gl.flush();
  while (performance.now() < endMs && !gl.isContextLost()) {
    if (gl.getSyncParameter(fence, gl.SYNC_STATUS) === gl.SIGNALED) break;
    await pause(IDLE_POLL_MS);
  }
  gl.deleteSync(fence);
}
