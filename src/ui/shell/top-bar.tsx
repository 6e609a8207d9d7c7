import { ALargeSmall, ChevronDown, Moon, Search, Sun } from "lucide-react";
import { lazy, Suspense } from "react";
import { Button as AriaButton } from "react-aria-components";
import { CITIES } from "../../domain/city.ts";
import type { Mode } from "../../state/stores.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { PALETTE_KEYS } from "../keyboard.ts";
import { IconButton, Tip } from "../kit/button.tsx";
import { Segmented } from "../kit/segmented.tsx";
import { useRun } from "../use-run.ts";
import { Clock } from "./clock.tsx";
import { FeedPill } from "./feed-pill.tsx";
import "./top-bar.css";

const CityMenu = lazy(() => import("./city-menu.tsx").then((m) => ({ default: m.CityMenu })));
const MODES: readonly Mode[] = ["explore", "command", "present"];

function CityName() {
  const { stores } = useTwin();
  const { t } = useWords();
  const city = useStore(stores.city, (state) => state.city);
  return (
    <span className="lt-city-name">
      {t.text(CITIES[city].name)}
      <ChevronDown className="lt-icon" aria-hidden />
    </span>
  );
}

function SearchButton() {
  const { t } = useWords();
  const run = useRun();
  return (
    <AriaButton
      className="lt-search"
      aria-keyshortcuts="Control+K Meta+K"
      onPress={() => run({ type: "open-overlay", overlay: "palette" })}
    >
      <Search className="lt-icon" aria-hidden />
      <span className="lt-ellipsis">{t("top.search")}</span>
      <kbd aria-hidden>{PALETTE_KEYS}</kbd>
    </AriaButton>
  );
}

function Preferences() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const theme = useStore(stores.ui, (state) => state.theme);
  const locale = useStore(stores.ui, (state) => state.locale);
  const largeType = useStore(stores.ui, (state) => state.largeType);
  const otherTheme = theme === "night" ? "day" : "night";
  return (
    <div className="lt-preferences">
      <IconButton
        label={t("top.largeType")}
        icon={ALargeSmall}
        pressed={largeType}
        onPress={() => run({ type: "set-large-type", on: !largeType })}
      />
      <IconButton
        label={t(`top.theme.${otherTheme}`)}
        icon={theme === "night" ? Sun : Moon}
        onPress={() => run({ type: "set-theme", theme: otherTheme })}
      />
      <Tip text={t("top.locale")}>
        <AriaButton
          className="lt-locale"
          onPress={() => run({ type: "set-locale", locale: locale === "en" ? "zh-CN" : "en" })}
        >
          <span data-on={locale === "zh-CN"}>中</span>
          <span aria-hidden>/</span>
          <span data-on={locale === "en"}>EN</span>
          <span className="lt-hidden">{t("top.locale")}</span>
        </AriaButton>
      </Tip>
    </div>
  );
}

/** 44 px: product, city, mode, search, feed health, clock, preferences. */
export function TopBar() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const mode = useStore(stores.ui, (state) => state.mode);
  return (
    <header className="lt-top">
      <div className="lt-top-start">
        <img src="icons/mark.svg" alt="" className="lt-mark" />
        <h1 className="lt-name">
          {t("app.name")}
          {t.locale === "zh-CN" && <span>{t("app.latin")}</span>}
        </h1>
        <span className="lt-top-rule" />
        <Suspense fallback={<CityName />}>
          <CityMenu>
            <CityName />
          </CityMenu>
        </Suspense>
      </div>
      <Segmented
        className="lt-modes"
        label={t("mode.label")}
        value={mode}
        options={MODES.map((id) => ({ id, label: t(`mode.${id}`) }))}
        onChange={(next) => run({ type: "set-mode", mode: next })}
      />
      <div className="lt-top-end">
        <SearchButton />
        <FeedPill />
        <Clock />
        <Preferences />
      </div>
    </header>
  );
}
