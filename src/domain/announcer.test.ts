import { describe, expect, it } from "vitest";
import { type AnnounceCandidate, Announcer } from "./announcer.ts";

const REPEAT_S = 60;
const one = (key: string, part: Partial<AnnounceCandidate> = {}): AnnounceCandidate => ({
  key,
  version: 1,
  level: 2,
  text: { zh: key, en: key },
  atMs: 0,
  target: { kind: "warning", id: key },
  ...part,
});
const ids = (word: { readonly waiting: readonly { readonly key: string }[] }) =>
  word.waiting.map(({ key }) => key);

/** An announcer whose beginning is over at time 0. */
function begun(...inForce: AnnounceCandidate[]): Announcer {
  const announcer = new Announcer();
  announcer.begin(0, 0);
  announcer.look(inForce, 0, REPEAT_S);
  return announcer;
}

describe("Announcer", () => {
  it("says what was in force at the beginning in one summary, once, and nothing before the quiet time is over", () => {
    const announcer = new Announcer();
    announcer.begin(0, 4000);
    const many = [one("a"), one("b", { level: 1 }), one("c")];
    for (const atMs of [1000, 2000, 3000])
      expect(announcer.look(many, atMs, REPEAT_S)).toEqual({ waiting: [], sound: null, said: null });
    const word = announcer.look(many, 4000, REPEAT_S);
    expect(word).toMatchObject({ sound: 1, waiting: [{ level: 1, target: { id: "b" } }] });
    expect(word.said?.text.zh).toBe("当前生效 3 项：红色 1、橙色 2");
    expect(announcer.look(many, 5000, REPEAT_S)).toMatchObject({ sound: null, said: null });
  });

  it("counts only the time in which somebody looked: a machine that draws for long has not heard all yet", () => {
    const announcer = new Announcer();
    announcer.begin(0, 4000);
    expect(announcer.look([one("a")], 15_000, REPEAT_S)).toMatchObject({ waiting: [], sound: null });
    for (const atMs of [16_000, 17_000]) announcer.look([one("a"), one("b")], atMs, REPEAT_S);
    const word = announcer.look([one("a"), one("b"), one("c")], 18_000, REPEAT_S);
    expect(ids(word)).toEqual(["in-force"]);
    expect(word.said?.text.en).toBe("3 in force now: 3 orange");
  });

  it("what is heard of late but began before joins the summary, and sounds only when it is worse", () => {
    const announcer = new Announcer();
    announcer.begin(100_000, 0);
    announcer.look([one("a", { atMs: 90_000 })], 100_000, REPEAT_S);
    const late = [one("a", { atMs: 90_000 }), one("b", { atMs: 50_000 })];
    const word = announcer.look(late, 110_000, REPEAT_S);
    expect(ids(word)).toEqual(["in-force"]);
    expect([word.sound, word.waiting[0]?.text.en]).toEqual([null, "2 in force now: 2 orange"]);
    const worse = announcer.look([...late, one("c", { atMs: 80_000, level: 1 })], 111_000, REPEAT_S);
    expect([ids(worse), worse.sound]).toEqual([["in-force"], 1]);
    const fresh = announcer.look([...late, one("n", { atMs: 111_500 })], 112_000, REPEAT_S);
    expect([ids(fresh).sort(), fresh.sound]).toEqual([["in-force", "n"], 2]);
  });

  it("long after the beginning an old thing is news of its own: it was on its way", () => {
    const announcer = begun();
    for (let atMs = 1000; atMs <= 70_000; atMs += 1000) announcer.look([], atMs, REPEAT_S);
    expect(ids(announcer.look([one("a", { atMs: -5 })], 71_000, REPEAT_S))).toEqual(["a"]);
  });

  it("announces each new thing once, the worst first", () => {
    const announcer = begun();
    const word = announcer.look([one("a"), one("b", { level: 1 })], 1000, REPEAT_S);
    expect(ids(word)).toEqual(["b", "a"]);
    expect(word.sound).toBe(1);
    expect(announcer.look([one("a"), one("b", { level: 1 })], 2000, REPEAT_S).sound).toBeNull();
  });

  it("counts repeats up on the one that waits, and sounds again after the pause only", () => {
    const announcer = begun();
    announcer.look([one("a")], 1000, REPEAT_S);
    const soon = announcer.look([one("a", { version: 2 })], 2000, REPEAT_S);
    expect(soon).toMatchObject({ sound: null, said: null, waiting: [{ repeats: 1 }] });
    const later = announcer.look([one("a", { version: 3 })], 61_000, REPEAT_S);
    expect(later).toMatchObject({ sound: 2, waiting: [{ repeats: 2 }] });
    expect(later.waiting).toHaveLength(1);
  });

  it("a higher level sounds at once, a lower one does not", () => {
    const announcer = begun();
    announcer.look([one("a", { level: 3 })], 1000, REPEAT_S);
    expect(announcer.look([one("a", { level: 1 })], 2000, REPEAT_S)).toMatchObject({
      sound: 1,
      waiting: [{ level: 1, repeats: 1 }],
    });
    expect(announcer.look([one("a", { level: 2 })], 3000, REPEAT_S).sound).toBeNull();
  });

  it("what is over waits on, marked; when it comes back it is news again", () => {
    const announcer = begun();
    announcer.look([one("a")], 1000, REPEAT_S);
    expect(announcer.look([], 2000, REPEAT_S).waiting).toMatchObject([{ key: "a", endedMs: 2000 }]);
    const back = announcer.look([one("a", { version: 9 })], 90_000, REPEAT_S);
    expect(back).toMatchObject({ sound: 2, waiting: [{ key: "a", endedMs: null, repeats: 1 }] });
  });

  it("a flapping rule does not sound with every flap", () => {
    const announcer = begun();
    const sounds = Array.from({ length: 20 }, (_, n) => {
      const at = 1000 + n * 1000;
      return announcer.look(n % 2 === 0 ? [one("a", { version: at })] : [], at, REPEAT_S).sound;
    });
    expect(sounds.filter((sound) => sound !== null)).toHaveLength(1);
  });

  it("is taken away one by one, all at once, or because somebody deals with it", () => {
    const announcer = begun();
    announcer.look([one("a"), one("b"), one("c")], 1000, REPEAT_S);
    const [first] = announcer.look([one("a"), one("b"), one("c")], 1500, REPEAT_S).waiting;
    expect(announcer.dismiss(first!.id)).toHaveLength(2);
    announcer.settle("b");
    expect(announcer.dismiss("none")).toHaveLength(1);
    expect(announcer.dismiss("all")).toEqual([]);
    expect(announcer.look([one("a"), one("b"), one("c")], 2000, REPEAT_S).waiting).toEqual([]);
  });

  it("what somebody looks at is no news, then or later", () => {
    const announcer = begun();
    expect(announcer.look([one("a", { isSeen: true })], 1000, REPEAT_S)).toMatchObject({
      waiting: [],
      sound: null,
    });
    expect(announcer.look([one("a")], 2000, REPEAT_S)).toMatchObject({ waiting: [], sound: null });
    announcer.look([one("a"), one("b")], 3000, REPEAT_S);
    expect(announcer.look([one("a"), one("b", { isSeen: true })], 4000, REPEAT_S).waiting).toEqual([]);
  });

  it("other feeds begin anew and leave what waits", () => {
    const announcer = begun();
    announcer.look([one("a")], 1000, REPEAT_S);
    announcer.begin(5000, 0);
    expect(ids(announcer.look([one("x"), one("y")], 5000, REPEAT_S)).sort()).toEqual(["a", "in-force"]);
  });
});
