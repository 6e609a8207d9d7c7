import { useNow, useWords } from "../context.tsx";

/** Beijing time, whatever the computer's zone is; the zone on hover. */
export function Clock() {
  const { t, format } = useWords();
  const now = useNow(1000);
  return (
    <time className="lt-clock" title={t("clock.zone")} dateTime={new Date(now).toISOString()}>
      {format.time(now)}
    </time>
  );
}
