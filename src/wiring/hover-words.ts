import type { CityPick, LevelSplit } from "../city/contract.ts";
import type { LocalText } from "../domain/provenance.ts";
import { WARNING_COLOR_NAMES } from "../domain/risk.ts";
import { zoneAreaKm2 } from "../domain/zone.ts";
import type { Stores } from "../state/stores.ts";
import type { SensorDesk } from "./sensor-desk.ts";

type HoverWords = { readonly title: LocalText; readonly subtitle: LocalText } | null;
type Pick<K extends CityPick["kind"]> = Extract<CityPick, { kind: K }>;

const LEVELS = [1, 2, 3, 4] as const;
const LEVEL_ZH = { red: "红", orange: "橙", yellow: "黄", blue: "蓝" } as const;
const STATUS_WORDS = {
  ready: { zh: "待命", en: "ready" },
  assigned: { zh: "已派", en: "assigned" },
  moving: { zh: "途中", en: "on the way" },
  onScene: { zh: "到场", en: "on scene" },
  returning: { zh: "返回", en: "returning" },
  off: { zh: "停勤", en: "off duty" },
} as const;

const same = (text: string): LocalText => ({ zh: text, en: text });

/** Numbers by level, worst first; those that are not there are left out. */
export function splitWords(split: LevelSplit): LocalText {
  const there = LEVELS.flatMap((level) => {
    const count = split[level - 1] ?? 0;
    return count > 0 ? [{ name: WARNING_COLOR_NAMES[level], count }] : [];
  });
  return {
    zh: there.map(({ name, count }) => `${LEVEL_ZH[name]} ${count}`).join(" · "),
    en: there.map(({ name, count }) => `${count} ${name}`).join(" · "),
  };
}

/** What is said of the thing under the pointer; null for what says nothing. */
export function hoverWords(pick: CityPick, stores: Stores, desk: SensorDesk): HoverWords {
  switch (pick.kind) {
    case "sensor":
      return sensorWords(pick, desk);
    case "feature":
      return featureWords(pick);
    case "cluster":
      return {
        title: { zh: `${pick.count} 个监测点达到预警级别`, en: `${pick.count} sensors at a warning level` },
        subtitle: splitWords(pick.split),
      };
    case "hexagon":
      return hexagonWords(pick);
    case "unit": {
      const unit = stores.response.get().units.find(({ id }) => id === pick.unitId);
      return unit ? { title: unit.name, subtitle: STATUS_WORDS[unit.status] } : null;
    }
    case "zone": {
      const zone = stores.response.get().zones.find(({ id }) => id === pick.zoneId);
      return zone ? { title: zone.title, subtitle: same(`${zoneAreaKm2(zone.ring).toFixed(2)} km²`) } : null;
    }
    default:
      return null;
  }
}

function sensorWords({ row }: Pick<"sensor">, desk: SensorDesk): HoverWords {
  const sensor = desk.sensors[row];
  if (!sensor) return null;
  const value = desk.values[row] ?? Number.NaN;
  const reading = Number.isNaN(value) ? "—" : `${value.toFixed(1)} ${sensor.unit}`;
  return { title: sensor.name, subtitle: same(reading) };
}

function featureWords({ attributes }: Pick<"feature">): HoverWords {
  const title = String(
    attributes.name || attributes.Name || attributes.address || attributes.class || attributes.id || "",
  );
  const height =
    typeof attributes.height === "number"
      ? `${attributes.height.toFixed(1)} m`
      : String(attributes.class ?? "");
  return title ? { title: same(title), subtitle: same(height) } : null;
}

function hexagonWords({ count, silent, split }: Pick<"hexagon">): HoverWords {
  const warned = splitWords(split);
  const rest = (words: string, calm: string, none: string) =>
    [
      count === silent ? none : words || calm,
      ...(silent > 0 && count !== silent ? [`${none} ${silent}`] : []),
    ].join(" · ");
  return {
    title: { zh: `${count} 个监测点`, en: `${count} sensors` },
    subtitle: { zh: rest(warned.zh, "均正常", "无数据"), en: rest(warned.en, "all normal", "no data") },
  };
}
