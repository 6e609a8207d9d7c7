import { BARE_CITY, launchTwin } from "./launch.ts";
import { run, state, whenIdle } from "./twin-page.ts";

const twin = await launchTwin({ address: BARE_CITY });
await run(twin.page, { type: "open-scenario", id: "hazard-flood" });
await whenIdle(twin.page);
await twin.page.screenshot({ path: "/tmp/house1.png" });
await run(twin.page, { type: "set-water-level", level: 6 });
await whenIdle(twin.page);
await twin.page.screenshot({ path: "/tmp/house2.png" });
console.log(JSON.stringify((await state(twin.page)).scenario.inundation).slice(0, 300), twin.problems.list());
await twin.close();
