import { pinyin } from "pinyin-pro";
import type { Speak } from "./place-index.ts";

/** Han letters as pinyin without tones, other letters as they stand: 沈阳站 is `shenyangzhan` and `syz`. */
export const speakName: Speak = (text) => {
  const syllables = pinyin(text, { toneType: "none", type: "array", v: true, nonZh: "consecutive" }).map(
    (one) => one.toLowerCase().replace(/[^a-z0-9]/g, ""),
  );
  const full = syllables.join("");
  const initials = syllables.map((one) => one[0] ?? "").join("");
  // ü is typed as v or as u
  return { full: full.includes("v") ? [full, full.replaceAll("v", "u")] : [full], initials: [initials] };
};
