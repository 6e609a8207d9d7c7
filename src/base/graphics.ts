const SOFTWARE_RENDERERS = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** Whether the context draws on the processor instead of a graphics card: everything costs fifty times as much there. */
export function isSoftwareGl(gl: WebGL2RenderingContext | null): boolean {
  if (!gl) return false;
  const extension = gl.getExtension("WEBGL_debug_renderer_info");
  const name = gl.getParameter(extension ? extension.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  return SOFTWARE_RENDERERS.test(String(name));
}

/** The same question before there is a context to ask; takes and gives back a small one. */
export function drawsInSoftware(): boolean {
  const gl = document.createElement("canvas").getContext("webgl2");
  const answer = isSoftwareGl(gl);
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return answer;
}
