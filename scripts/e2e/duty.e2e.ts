import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BARE_CITY, launchTwin, type TwinUnderTest } from "./launch.ts";
import { run, state, waitForState, whenIdle } from "./twin-page.ts";
import { having, zh } from "./words.ts";

const TOKEN = "open-sesame-now";

/** A warning of one's own: announced, drafted, checked, issued, back through the feed once, ended, reported. */
describe("the duty desk", () => {
  let twin: TwinUnderTest;
  let incidentId = "";
  const caps = async () =>
    (await state(twin.page)).incidents.incidents.find(({ id }) => id === incidentId)?.caps ?? [];

  beforeAll(async () => {
    twin = await launchTwin({
      address: `${BARE_CITY}&scenario=hazard-flood&mode=command`,
      publishToken: TOKEN,
    });
    await whenIdle(twin.page);
  });
  afterAll(() => twin?.close());

  it("what is in force at the start is one announcement, not many", async () => {
    const { page } = twin;
    const { announcements, risk } = await waitForState(
      page,
      "something is announced",
      (s) => s.announcements.waiting.length > 0 && s.risk.warnings.length > 1,
    );
    expect(risk.warnings.length).toBeGreaterThan(1);
    expect(announcements.waiting.filter(({ id }) => id === "in-force")).toHaveLength(1);
    await page.getByRole("button", { name: zh("announce.known") }).click();
    await run(page, { type: "dismiss-announcement", id: "all" });
    await waitForState(page, "nothing waits", (s) =>
      s.announcements.waiting.every(({ id }) => id !== "in-force"),
    );
  });

  it("a faulty draft says where and cannot go out", async () => {
    const { page } = twin;
    const [worst] = (await state(page)).risk.warnings;
    await run(page, { type: "open-incident", warningId: worst!.id });
    incidentId = (await state(page)).incidents.chosen!;
    await page.getByRole("button", { name: zh("cap.draft"), exact: true }).click();
    const headline = page.getByLabel(`${zh("cap.field.headline")} · ${zh("cap.language.zh")}`);
    const wording = await headline.inputValue();
    await headline.fill("");
    await page.getByRole("button", { name: having(zh("cap.problem.empty")) }).click();
    expect(await headline.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.getByRole("button", { name: zh("cap.issue") }).isDisabled()).toBe(true);
    await headline.fill(wording);
  });

  it("issues after a confirmation that names who, what and where; the broker keeps it; it comes back once", async () => {
    const { page } = twin;
    await page.getByLabel(zh("cap.token")).fill(TOKEN);
    await page.getByRole("button", { name: zh("cap.tokenUse") }).click();
    await page.getByText(zh("cap.tokenSet")).waitFor();
    await page.getByRole("button", { name: zh("cap.issue") }).click();
    await page.getByText(zh("cap.who"), { exact: true }).waitFor();
    await page
      .getByRole("button", { name: zh("cap.confirm", { status: zh("warning.status.Exercise") }) })
      .click();
    await expect.poll(async () => (await caps())[0]?.deliveries[0]?.result, { timeout: 20_000 }).toBe("sent");
    const identifier = (await caps())[0]!.message.identifier;
    const back = await waitForState(page, "it comes back", (s) =>
      s.risk.warnings.some(({ id }) => id === identifier),
    );
    expect(back.risk.warnings.filter(({ id }) => id === identifier)).toHaveLength(1);
    expect(back.announcements.waiting.some(({ target }) => "id" in target && target.id === identifier)).toBe(
      false,
    );
    expect(JSON.stringify(back)).not.toContain(TOKEN);
    expect(page.url()).not.toContain(TOKEN);
  });

  it("a cancel ends it everywhere", async () => {
    const { page } = twin;
    await run(page, { type: "cancel-cap", incidentId, reason: "雨势减弱" });
    const identifier = (await caps())[0]!.message.identifier;
    await waitForState(page, "it is over", (s) => s.risk.warnings.every(({ id }) => id !== identifier));
    expect((await caps()).map(({ message }) => message.msgType)).toEqual(["Alert", "Cancel"]);
  });

  it("the report tells it in order, with a picture, in both languages", async () => {
    const { page } = twin;
    await run(page, { type: "acknowledge-incident", id: incidentId });
    await run(page, { type: "open-report", incidentId });
    await page.getByRole("img", { name: having(zh("report.picture.area")) }).waitFor();
    for (const key of ["report.summary", "report.decisions", "report.issued", "report.sources"] as const)
      await page.getByRole("heading", { name: zh(key) }).waitFor();
    await page.getByRole("button", { name: zh("report.language") }).click();
    await page.getByRole("heading", { name: "Decisions in order" }).waitFor();
    await run(page, { type: "set-locale", locale: "zh-CN" });
    await page.keyboard.press("Escape");
    await waitForState(page, "the report is closed", (s) => s.ui.overlay === "none");
  });

  it("the wall shows the city without anything to press, and any press leaves it", async () => {
    const { page } = twin;
    await page.getByRole("button", { name: zh("wall.open") }).click();
    await page.getByRole("heading", { name: zh("glance.worst") }).waitFor();
    expect(await page.locator(".lt-wall-side[inert]").count()).toBe(1);
    await page.mouse.click(900, 500);
    await waitForState(page, "the commander's own screen", (s) => s.ui.mode === "command");
    expect(twin.problems.list()).toEqual([]);
  });
});
