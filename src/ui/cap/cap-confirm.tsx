import type { CapDraft } from "../../domain/cap-message.ts";
import { ringAreaM2 } from "../../geo/polygon.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { LevelBadge } from "../kit/marks.tsx";
import { Facts } from "../kit/section.tsx";

interface CapConfirmProps {
  readonly draft: CapDraft;
  readonly isUpdate: boolean;
  readonly outlets: ReadonlySet<string>;
}

/** Square kilometres of all areas, those that overlap counted twice. */
function areaKm2({ polygons, circles }: CapDraft): number {
  const rings = polygons.reduce((sum, ring) => sum + ringAreaM2(ring), 0);
  return (rings + circles.reduce((sum, { radius }) => sum + Math.PI * radius * radius, 0)) / 1e6;
}

/** Who says what to whom about where and until when: read before it goes out. */
export function CapConfirm({ draft, isUpdate, outlets }: CapConfirmProps) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const { profile, outlets: all } = useStore(stores.cap, (state) => state);
  const names = all.filter(({ id }) => outlets.has(id)).map(({ title }) => t.text(title));
  const until = `${format.dateTime(draft.expiresMs)} ${t("clock.zone")}`;
  return (
    <div className="lt-cap-confirm">
      <p className="lt-cap-status" data-status={profile.status}>
        <b>{t(`warning.status.${profile.status}`)}</b> {t(`cap.statusAbout.${profile.status}`)}
      </p>
      <Facts
        rows={[
          [t("cap.who"), `${t.text(profile.senderName)} · ${profile.sender}`],
          [
            t("cap.what"),
            <span key="what" className="lt-cap-what">
              <LevelBadge level={draft.level} warning /> {t(isUpdate ? "cap.update" : "cap.alert")} ·{" "}
              {t.text(draft.headline)}
            </span>,
          ],
          [t("cap.where"), `${t.text(draft.areaDesc)} · ${format.measure(areaKm2(draft), "km²", 1)}`],
          [t("cap.until"), until],
          [t("cap.to"), names.length > 0 ? names.join("、") : t("cap.toNobody")],
        ]}
      />
    </div>
  );
}
