import { FileArchive, GitBranch, Pause, Play, Undo2 } from "lucide-react";
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { useStore, useTwin, useWords } from "../context.tsx";
import { IconButton } from "../kit/button.tsx";
import { ProvenanceMark } from "../kit/marks.tsx";
import { useRun } from "../use-run.ts";
import { SPANS, type Span } from "./time-window.ts";
import { Track } from "./track.tsx";
import "../kit/menu.css";
import "./timeline.css";

const SPEEDS = [1, 4, 16, 60] as const;

function LiveButton() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const isLive = useStore(stores.timeline, (state) => state.mode === "live");
  return (
    <AriaButton className="lt-live" data-on={isLive} onPress={() => run({ type: "go-live" })}>
      <ProvenanceMark kind={isLive ? "LIVE" : "RECORDED"} size={12} />
      {t("timeline.live")}
    </AriaButton>
  );
}

function PlayButton() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const isPlaying = useStore(stores.timeline, (state) => state.isPlaying);
  const speed = useStore(stores.timeline, (state) => state.speed);
  const isEmpty = useStore(stores.timeline, (state) => state.range === null);
  return (
    <IconButton
      label={t(isPlaying ? "timeline.pause" : "timeline.play")}
      icon={isPlaying ? Pause : Play}
      side="top"
      isDisabled={isEmpty}
      onPress={() => run(isPlaying ? { type: "pause-timeline" } : { type: "play-timeline", speed })}
    />
  );
}

interface ChoiceProps<K extends string> {
  readonly label: string;
  readonly value: K;
  readonly options: readonly { readonly id: K; readonly word: string }[];
  readonly onChoose: (value: K) => void;
}

/** One of a few behind a small button that says which. */
function Choice<K extends string>({ label, value, options, onChoose }: ChoiceProps<K>) {
  const word = options.find(({ id }) => id === value)?.word ?? value;
  return (
    <MenuTrigger>
      <AriaButton className="lt-choice" aria-label={`${label} ${word}`}>
        {word}
      </AriaButton>
      <Popover className="lt-popover lt-choice-menu" placement="top" offset={6}>
        <Menu
          className="lt-menu"
          aria-label={label}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[value]}
          onAction={(key) => onChoose(key as K)}
        >
          {options.map(({ id, word: name }) => (
            <MenuItem key={id} id={id} className="lt-menu-item" textValue={name}>
              {name}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function SpeedChoice() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const speed = useStore(stores.timeline, (state) => state.speed);
  const options = SPEEDS.map((one) => ({ id: String(one), word: `${one}×` }));
  return (
    <Choice
      label={t("timeline.speed")}
      value={String(speed)}
      options={options}
      onChoose={(value) => run({ type: "play-timeline", speed: Number(value) })}
    />
  );
}

function SpanChoice({ span, onSpan }: { span: Span; onSpan: (span: Span) => void }) {
  const { t } = useWords();
  const options = SPANS.map((id) => ({ id, word: t(`timeline.scale.${id}`) }));
  return <Choice label={t("timeline.scale")} value={span} options={options} onChoose={onSpan} />;
}

function BranchButton() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const mode = useStore(stores.timeline, (state) => state.mode);
  const isEmpty = useStore(stores.timeline, (state) => state.range === null);
  const isBranch = mode === "branch";
  return (
    <IconButton
      label={t(isBranch ? "timeline.leave" : "timeline.whatIf")}
      icon={isBranch ? Undo2 : GitBranch}
      side="top"
      isDisabled={isEmpty}
      onPress={() => run({ type: isBranch ? "leave-branch" : "branch-timeline" })}
    />
  );
}

function PackageMenu() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const isPackage = useStore(stores.timeline, (state) => state.packageName !== null);
  const isEmpty = useStore(stores.timeline, (state) => state.range === null);
  const chosen = useStore(stores.incidents, (state) => state.chosen);
  const act = (key: string | number) => {
    if (key === "export") run({ type: "export-package", incidentId: chosen });
    else if (key === "import") run({ type: "import-package" });
    else run({ type: "close-package" });
  };
  return (
    <MenuTrigger>
      <AriaButton className="lt-icon-button" aria-label={t("timeline.more")}>
        <FileArchive className="lt-icon" aria-hidden />
      </AriaButton>
      <Popover className="lt-popover" placement="top end" offset={6}>
        <Menu
          className="lt-menu"
          aria-label={t("timeline.more")}
          onAction={act}
          disabledKeys={isEmpty ? ["export"] : []}
        >
          <MenuItem id="export" className="lt-menu-item">
            {t("timeline.export")}
          </MenuItem>
          <MenuItem id="import" className="lt-menu-item">
            {t("timeline.import")}
          </MenuItem>
          {isPackage && (
            <MenuItem id="close" className="lt-menu-item">
              {t("timeline.close")}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

/** The timeline in one line: live, play, speed, scale, what-if, packages. */
export function TimelineBar({ span, onSpan }: { span: Span; onSpan: (span: Span) => void }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const storage = useStore(stores.timeline, (state) => state.storage);
  return (
    <section className="lt-timeline" aria-label={t("timeline.title")}>
      <LiveButton />
      <PlayButton />
      <SpeedChoice />
      <Track span={span} />
      {storage === "failed" && <span className="lt-timeline-note">{t("timeline.storage.failed")}</span>}
      <SpanChoice span={span} onSpan={onSpan} />
      <BranchButton />
      <PackageMenu />
    </section>
  );
}
