import { useNow, useStore, useTwin } from "../context.tsx";

/** The moment that is shown: now, or the past one that the timeline stands at. Epoch ms. */
export function useMoment(intervalMs = 1000): number {
  const { stores } = useTwin();
  const now = useNow(intervalMs);
  return useStore(stores.timeline, (state) => state.atMs) ?? now;
}

/** Whether nothing can be changed, because the past is shown. A what-if can be changed. */
export function useIsPast(): boolean {
  const { stores } = useTwin();
  return useStore(stores.timeline, (state) => state.mode === "past");
}
