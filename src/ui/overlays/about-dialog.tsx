import { TILE_MEMORY_MIB } from "../../domain/tile-memory.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { PALETTE_KEYS } from "../keyboard.ts";
import { Dialog } from "../kit/dialog.tsx";
import { Segmented } from "../kit/segmented.tsx";
import { useRun } from "../use-run.ts";
import "./overlays.css";

/** How much memory tiles may take; the choice stays with this browser. */
function TileMemory() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const chosen = useStore(stores.ui, (state) => state.tileMemoryMib);
  return (
    <div className="lt-about-memory">
      <span className="lt-label">{t("about.tileMemory")}</span>
      <Segmented
        label={t("about.tileMemory")}
        value={`${chosen}`}
        options={TILE_MEMORY_MIB.map((mib) => ({
          id: `${mib}` as const,
          label: mib < 1024 ? `${mib} MB` : `${mib / 1024} GB`,
        }))}
        onChange={(id) =>
          run({ type: "set-tile-memory", mib: TILE_MEMORY_MIB.find((mib) => `${mib}` === id)! })
        }
      />
      <p className="lt-note">{t("about.tileMemoryNote")}</p>
    </div>
  );
}

const KEYS = [
  ["palette", [PALETTE_KEYS]],
  ["region", ["F6"]],
  ["escape", ["Esc"]],
  ["panels", ["[", "]", "\\"]],
  ["view", ["H", "N", "F"]],
  ["zoom", ["+", "−"]],
] as const;

/** The keys that work everywhere; letters while the map has the focus. */
function KeyList() {
  const { t } = useWords();
  return (
    <section className="lt-about-keys" aria-label={t("keys.title")}>
      <h3 className="lt-subhead">{t("keys.title")}</h3>
      <dl>
        {KEYS.map(([name, keys]) => (
          <div key={name}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(`keys.${name}`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function AboutDialog() {
  const { t } = useWords();
  const run = useRun();
  return (
    <Dialog title={t("about.title")} onClose={() => run({ type: "open-overlay", overlay: "none" })}>
      <p className="lt-prose">{t("about.text")}</p>
      <KeyList />
      <TileMemory />
      <p className="lt-note">{t("about.license")}</p>
    </Dialog>
  );
}
