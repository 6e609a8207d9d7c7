import mqtt from "mqtt";
import { expect, it } from "vitest";
import { WebSocket } from "ws";
import { createTwinServer } from "./twin-server.ts";

const MESSAGES = 400;

it("sends what is said in one turn in few frames, whole and in order", async () => {
  const server = await createTwinServer({ root: ".", feed: false });
  let frames = 0;
  const client = mqtt.connect(`${server.url.replace("http", "ws")}/mqtt`, {
    reconnectPeriod: 0,
    createWebsocket: (url, protocols) => {
      const socket = new WebSocket(url, protocols);
      socket.on("message", () => {
        frames += 1;
      });
      return socket;
    },
  });
  try {
    const heard: string[] = [];
    client.on("message", (_topic, payload) => heard.push(payload.toString()));
    await client.subscribeAsync("liaotwin/frames/#");
    frames = 0;
    const said = Array.from({ length: MESSAGES }, (_, k) => `{"result":${k}}`);
    await Promise.all(said.map((text, k) => server.publish(`liaotwin/frames/${k % 7}`, text, false)));
    await expect.poll(() => heard.length).toBe(MESSAGES);
    expect(heard).toEqual(said);
    expect(frames).toBeLessThan(MESSAGES / 4);
  } finally {
    client.end(true);
    await server.close();
  }
});
