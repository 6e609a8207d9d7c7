import type { Layer } from "../domain/layer.ts";
import { classOf } from "../domain/layer-style.ts";
import type { CatalogueEntry } from "../domain/map-catalogue.ts";
import type { LocalText } from "../domain/provenance.ts";
import type { AttributeValue } from "../domain/selection.ts";
import type { FeatureMaps } from "./feature-maps.ts";
import type { WireParts } from "./parts.ts";

/** The pointer rests this long before a worker is asked. */
const REST_MS = 60;

interface Tools {
  readonly features: FeatureMaps;
  readonly entryOf: (id: string) => CatalogueEntry | null;
}

/** Says under the pointer what lies draped on the ground there: the last question counts. */
export function wireGroundHover({ stores, view, scope, signals, onError }: WireParts, tools: Tools): void {
  let turn = 0;
  let timer = 0;
  const ask = async (x: number, y: number, own: number) => {
    const place = view.groundAt(x, y);
    const found = place && (await tools.features.find(place));
    if (!found || own !== turn || stores.models.get().placing) return;
    const { left, top } = view.canvas.getBoundingClientRect();
    const words = groundWords(
      found.layer,
      found.detail.title,
      found.detail.attributes,
      tools.entryOf(found.layer.id),
    );
    const language = stores.ui.get().locale === "en" ? "en" : "zh";
    signals.emit("hovered", {
      title: words.title[language],
      subtitle: words.subtitle[language],
      x: x + left,
      y: y + top,
    });
  };
  scope.add(
    view.on("hovered", ({ pick, x, y }) => {
      const own = ++turn;
      clearTimeout(timer);
      if (pick?.kind !== "ground") return;
      timer = window.setTimeout(() => void ask(x, y, own).catch(onError), REST_MS);
    }),
  );
  scope.add(() => clearTimeout(timer));
}

/** The class first, as the legend calls it; then what the catalogue says is worth a glance. */
export function groundWords(
  layer: Pick<Layer, "title" | "map">,
  title: string,
  attributes: Readonly<Record<string, AttributeValue>>,
  entry: Pick<CatalogueEntry, "style" | "hover"> | null,
): { readonly title: LocalText; readonly subtitle: LocalText } {
  const { style, hover = [] } = entry ?? {};
  const known =
    style?.property === undefined ? undefined : style.classes[classOf(style, attributes[style.property])];
  const name = title && title !== attributes.id ? title : "";
  const head = known?.label ?? layer.title;
  const say = (language: keyof LocalText): string =>
    name && name !== head[language] ? `${head[language]} · ${name}` : head[language];
  const parts = (language: keyof LocalText): string =>
    hover
      .flatMap((key) => {
        const value = attributes[key];
        if (value === undefined || value === null || value === "") return [];
        const { title: label, unit, words } = layer.map?.fields?.[key] ?? {};
        const shown = words?.[String(value)]?.[language] ?? String(value);
        return [`${label?.[language] ?? key} ${shown}${unit ? ` ${unit}` : ""}`];
      })
      .join(" · ");
  return { title: { zh: say("zh"), en: say("en") }, subtitle: { zh: parts("zh"), en: parts("en") } };
}
