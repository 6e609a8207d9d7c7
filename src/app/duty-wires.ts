import type { CommandPorts } from "../commands/ports.ts";
import type { TwinConfig } from "../domain/twin-config.ts";
import { allowNotifications, notifyDesktop } from "../wiring/desktop-notes.ts";
import type { WireParts } from "../wiring/parts.ts";
import { TonePlayer } from "../wiring/tone-player.ts";
import { type AnnouncementWire, wireAnnouncements } from "../wiring/wire-announcements.ts";
import { type CapWire, wireCap } from "../wiring/wire-cap.ts";
import type { CityWire } from "../wiring/wire-city.ts";
import type { IncidentWire } from "../wiring/wire-incidents.ts";
import { type ReportWire, wireReport } from "../wiring/wire-report.ts";
import type { RiskWire } from "../wiring/wire-risk.ts";
import { wireSituation } from "../wiring/wire-situation.ts";

interface Duty {
  readonly ports: CapWire & AnnouncementWire & Pick<CommandPorts, "setSecret">;
  readonly report: ReportWire;
}

interface DutyParts {
  readonly config: TwinConfig | { readonly feeds: object };
  readonly incidents: IncidentWire;
  readonly risk: RiskWire;
  readonly city: CityWire;
}

/** The duty desk: messages that go out, what is announced, what changed lately. */
export function wireDuty(parts: WireParts, { config, incidents, risk, city }: DutyParts): Duty {
  const cap = wireCap(parts, {
    config: config as TwinConfig,
    change: (command, actor) => incidents.changeIncident(command, actor),
    feeds: () => risk.followed(),
    publish: (...message) => risk.publish(...message),
    secret: (name) => city.secret(name),
    randomHex: () => crypto.getRandomValues(new Uint16Array(1))[0]!.toString(16).padStart(4, "0"),
    now: Date.now,
  });
  const tones = parts.scope.own(new TonePlayer());
  const announcements = wireAnnouncements(parts, {
    sound: (level) => tones.play(level),
    notify: notifyDesktop,
    allow: allowNotifications,
    isHidden: () => document.hidden,
    now: Date.now,
  });
  wireSituation(parts);
  const ports = {
    ...cap,
    ...announcements,
    setSecret: (name: string, value: string | null) => {
      city.setSecret(name, value);
      cap.secretChanged();
    },
  } satisfies Duty["ports"];
  return { ports, report: wireReport(parts) };
}
