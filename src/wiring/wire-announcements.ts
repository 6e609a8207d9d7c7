import type { CommandPorts } from "../commands/ports.ts";
import { type AnnounceCandidate, Announcer } from "../domain/announcer.ts";
import { type AnnouncePolicy, DEFAULT_ANNOUNCE } from "../domain/scenario.ts";
import type { Stores } from "../state/stores.ts";
import type { WireParts } from "./parts.ts";

/** After feeds were connected: what they bring in this time, of which the page was awake, was in force already. */
const QUIET_MS = 4000;
const LOOK_MS = 500;

interface Outputs {
  /** Two short tones of a level. */
  readonly sound: (level: number) => void;
  readonly notify: (title: string, id: string) => void;
  readonly allow: () => Promise<"on" | "denied">;
  readonly isHidden: () => boolean;
  readonly now: () => number;
}

export type AnnouncementWire = Pick<CommandPorts, "dismissAnnouncement" | "allowNotifications">;

/** New warnings, alerts and incidents that matter: to the banner, the loudspeaker and the desktop, each once. */
export function wireAnnouncements(
  { stores, scope }: Pick<WireParts, "stores" | "scope">,
  outputs: Outputs,
): AnnouncementWire {
  const announcer = new Announcer();
  const { announcements, timeline, scenario, city } = stores;
  let isDue = true;
  const begin = () => {
    announcer.begin(outputs.now(), QUIET_MS);
    isDue = true;
  };
  begin();
  const look = () => {
    if (!isDue || timeline.get().mode !== "live" || timeline.get().packageName !== null) return;
    const policy = scenario.get().active?.announce ?? DEFAULT_ANNOUNCE;
    const nowMs = outputs.now();
    for (const { id, acknowledged, phase } of stores.incidents.get().incidents)
      if (acknowledged || phase === "close") announcer.settle(`incident:${id}`);
    const { waiting, sound, said } = announcer.look(candidatesOf(stores, policy), nowMs, policy.repeatS);
    isDue = announcer.isBeginning;
    if (waiting !== announcements.get().waiting) announcements.set({ waiting });
    if (sound !== null && !announcements.get().isMuted) outputs.sound(sound);
    if (said && announcements.get().notifications === "on" && outputs.isHidden())
      outputs.notify(stores.ui.get().locale === "en" ? said.text.en : said.text.zh, said.id);
  };
  let isFed = false;
  const restart = () => {
    isFed = false;
    begin();
  };
  // on a slow start the feeds speak long after they were asked for: what they say first was in force already
  const listen = () => {
    if (isFed || timeline.get().mode !== "live") return;
    if (stores.feeds.get().feeds.every(({ lastMessageMs }) => lastMessageMs === null)) return;
    restart();
    isFed = true;
  };
  const mark = () => {
    isDue = true;
  };
  scope.add(scenario.watch(({ active }) => active?.id, restart));
  scope.add(city.watch((state) => state.city, restart));
  scope.add(stores.feeds.watch(({ feeds }) => feeds, listen));
  scope.add(stores.risk.watch(({ warnings }) => warnings, mark));
  scope.add(stores.alerts.watch(({ groups }) => groups, mark));
  scope.add(stores.incidents.watch(({ incidents }) => incidents, mark));
  scope.add(timeline.watch(({ mode }) => mode, mark));
  announceBehind(stores, scope, outputs);
  const timer = setInterval(look, LOOK_MS);
  scope.add(() => clearInterval(timer));
  return {
    dismissAnnouncement: (id) => {
      const { behind } = announcements.get();
      if (timeline.get().mode === "live") announcements.set({ waiting: announcer.dismiss(id) });
      else announcements.set({ behind: id === "all" ? [] : behind.filter((one) => one.id !== id) });
    },
    allowNotifications: outputs.allow,
  };
}

/** What happens in the present while the past is shown is heard at once; back in the present it waits with everything else. */
function announceBehind(stores: Stores, scope: WireParts["scope"], outputs: Outputs): void {
  const { announcements, timeline, ui } = stores;
  const said = new Set<string>();
  const say = () => {
    const { behind, isMuted, notifications } = announcements.get();
    const fresh = behind.filter(({ id }) => !said.has(id));
    for (const { id } of fresh) said.add(id);
    const [worst] = fresh;
    if (!worst) return;
    if (!isMuted) outputs.sound(worst.level);
    if (notifications === "on" && outputs.isHidden())
      outputs.notify(ui.get().locale === "en" ? worst.text.en : worst.text.zh, worst.id);
  };
  scope.add(announcements.watch(({ behind }) => behind, say));
  scope.add(
    timeline.watch(
      ({ mode }) => mode === "live",
      (isLive) => {
        if (isLive) announcements.set({ behind: [] });
      },
    ),
  );
}

/** All that holds and is important enough. What this desk has issued itself is no news to it. */
export function candidatesOf(
  { risk, alerts, incidents }: Pick<Stores, "risk" | "alerts" | "incidents">,
  policy: AnnouncePolicy,
): readonly AnnounceCandidate[] {
  const state = incidents.get();
  const own = new Set(
    state.incidents.flatMap(({ caps = [] }) => caps.map(({ message }) => message.identifier)),
  );
  const warnings = risk
    .get()
    .warnings.filter(({ id, level }) => level <= policy.warningLevel && !own.has(id))
    .map(({ id, level, headline, event, areaDesc, sender, sentMs }): AnnounceCandidate => {
      const key = `warning:${sender}|${event.zh}|${areaDesc.zh}`;
      return { key, version: sentMs, level, text: headline, atMs: sentMs, target: { kind: "warning", id } };
    });
  const groups = alerts
    .get()
    .groups.filter(({ rule }) => rule.level <= policy.alertLevel)
    .map(({ rule, lastMs }): AnnounceCandidate => {
      const target = { kind: "alert", ruleId: rule.id } as const;
      return {
        key: `alert:${rule.id}`,
        version: lastMs,
        level: rule.level,
        text: rule.title,
        atMs: lastMs,
        target,
      };
    });
  const open = state.incidents
    .filter(({ phase, acknowledged }) => phase !== "close" && !acknowledged)
    .map(({ id, title, warningLevel, escalation, openedMs, waitingSinceMs }): AnnounceCandidate => {
      const text =
        escalation === 0
          ? { zh: `新事件：${title.zh}`, en: `New incident: ${title.en}` }
          : {
              zh: `无人确认，第 ${escalation} 次升级：${title.zh}`,
              en: `Nobody has acknowledged, escalation ${escalation}: ${title.en}`,
            };
      return {
        key: `incident:${id}`,
        version: escalation,
        level: warningLevel ?? 3,
        text,
        atMs: escalation === 0 ? openedMs : waitingSinceMs,
        target: { kind: "incident", id },
        isSeen: id === state.chosen,
      };
    });
  return newestOfEach([...warnings, ...groups, ...open]);
}

/** One a key: the worst, then the newest. */
function newestOfEach(all: readonly AnnounceCandidate[]): readonly AnnounceCandidate[] {
  const byKey = new Map<string, AnnounceCandidate>();
  for (const one of all) {
    const known = byKey.get(one.key);
    if (!known || one.level < known.level || (one.level === known.level && one.version > known.version))
      byKey.set(one.key, one);
  }
  return [...byKey.values()];
}
