import { Check, Download, Pencil, X } from "lucide-react";
import { useCallback } from "react";
import { profileFacts, type TerrainProfile } from "../../domain/terrain.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button, IconButton } from "../kit/button.tsx";
import { useRun } from "../use-run.ts";
import { ProfileChart } from "./profile-chart.tsx";
import "./terrain.css";

function Facts({ profile }: { profile: TerrainProfile }) {
  const { t, format } = useWords();
  const facts = profileFacts(profile);
  const rows = [
    ["terrain.length", format.distance(facts.length)],
    ["terrain.lowest", format.measure(facts.lowest, "m", 1)],
    ["terrain.highest", format.measure(facts.highest, "m", 1)],
    ["terrain.up", format.measure(facts.up, "m")],
    ["terrain.down", format.measure(facts.down, "m")],
    ["terrain.steepest", format.degrees(Math.round(facts.steepestDeg * 10) / 10)],
  ] as const;
  return (
    <dl className="lt-profile-facts">
      {rows.map(([key, value]) => (
        <div key={key}>
          <dt>{t(key)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Drawing({ corners }: { corners: number }) {
  const { t } = useWords();
  const run = useRun();
  return (
    <>
      <div className="lt-profile-head">
        <b>{t("terrain.profile")}</b>
        <span className="lt-note" role="status">
          {t(corners < 2 ? "terrain.drawHint" : "terrain.drawReady")}
        </span>
      </div>
      <div className="lt-row-buttons">
        <Button
          tone="main"
          icon={Check}
          isDisabled={corners < 2}
          onPress={() => run({ type: "finish-profile" })}
        >
          {t("terrain.measure")}
        </Button>
        <Button tone="quiet" icon={X} onPress={() => run({ type: "close-profile" })}>
          {t("action.cancel")}
        </Button>
      </div>
    </>
  );
}

function Measured({ profile }: { profile: TerrainProfile }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const hovered = useStore(stores.terrain, (state) => state.hovered);
  const onHover = useCallback((index: number | null) => stores.terrain.set({ hovered: index }), [stores]);
  const at = hovered === null ? null : profile.height[hovered];
  return (
    <>
      <div className="lt-profile-head">
        <b>{t("terrain.profile")}</b>
        <output>
          {at === null || at === undefined
            ? ""
            : `${format.distance(profile.distance[hovered as number] ?? 0)}  ${format.measure(at, "m", 1)}`}
        </output>
        <IconButton label={t("terrain.again")} icon={Pencil} onPress={() => run({ type: "draw-profile" })} />
        <IconButton
          label={t("command.export-profile")}
          icon={Download}
          onPress={() => run({ type: "export-profile" })}
        />
        <IconButton
          label={t("command.close-profile")}
          icon={X}
          onPress={() => run({ type: "close-profile" })}
        />
      </div>
      <ProfileChart profile={profile} onHover={onHover} />
      <Facts profile={profile} />
    </>
  );
}

/** The line that is drawn, then the ground along it. Nothing while neither is there. */
export function ProfileCard() {
  const { stores } = useTwin();
  const { t } = useWords();
  const drawing = useStore(stores.terrain, (state) => state.drawing);
  const profile = useStore(stores.terrain, (state) => state.profile);
  if (!drawing && !profile) return null;
  return (
    <section className="lt-profile lt-glass" aria-label={t("terrain.profile")}>
      {drawing ? <Drawing corners={drawing.length} /> : profile && <Measured profile={profile} />}
    </section>
  );
}
