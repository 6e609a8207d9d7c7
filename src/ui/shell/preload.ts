/** Milliseconds after the shell stands: the city's first tiles come before. */
const WAIT_MS = 3000;

/** Fetches the panels that the next click is likely to want, so that it does not wait for them. Returns the canceller. */
export function preloadPanels(): () => void {
  const timer = setTimeout(() => {
    const panels = [
      import("../scenario/scenario-panel.tsx"),
      import("../inspector/building-detail.tsx"),
      import("../inspector/sensor-detail.tsx"),
      import("../inspector/warning-detail.tsx"),
      import("../palette/palette-dialog.tsx"),
    ];
    for (const panel of panels) panel.catch(() => {});
  }, WAIT_MS);
  return () => clearTimeout(timer);
}
