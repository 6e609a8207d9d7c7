import { publishPacket } from "./mqtt-bytes.ts";

/** Topic of a Datastream's Observations, as the embedded hub names them. */
export const topicOf = (id: number): string => `liaotwin/bench/v1.1/Datastreams(${id})/Observations`;

/** A SensorThings 1.1 Observation as JSON. */
export function observation(timeMs: number, value: number): string {
  const time = new Date(timeMs).toISOString();
  return JSON.stringify({ phenomenonTime: time, resultTime: time, result: value });
}

/** A page of SensorThings Things, `count` rain gauges from number `from` on, spread over Shenyang. */
export function thingsPage(from: number, count: number): string {
  return JSON.stringify({
    value: Array.from({ length: count }, (_, i) => ({
      name: `R${from + i}`,
      properties: { code: `R${from + i}` },
      Locations: [
        {
          location: {
            type: "Point",
            coordinates: [123 + ((from + i) % 200) / 400, 41.5 + (from + i) / 40_000],
          },
        },
      ],
      Datastreams: [
        { "@iot.id": from + i, properties: { kind: "rain" }, unitOfMeasurement: { symbol: "mm/h" } },
      ],
    })),
  });
}

/** What a load consists of. */
export interface Load {
  readonly sensors: number;
  /** Messages a second. */
  readonly rate: number;
  readonly seconds: number;
  /** MQTT 3.1.1 (4) or 5. */
  readonly version: number;
  /** When the first is sent, epoch ms; message k carries `startMs + 1000 k / rate`, so that its age tells how long it was under way. */
  readonly startMs: number;
}

/** PUBLISH packets of a load, one after the other, and where each begins; the end of the last is the last entry. */
export interface EncodedLoad {
  readonly bytes: Buffer;
  readonly starts: Uint32Array;
}

/**
 * Encodes a load: one Observation after the other of sensor 0, 1, 2 …, round and round, the values of each in slow
 * waves, one in fifty of them heavy rain. `wrap` puts
 * something around each packet, such as the head of a frame.
 */
export function encodeLoad(load: Load, wrap: (packet: Buffer) => Buffer = (packet) => packet): EncodedLoad {
  const count = load.rate * load.seconds;
  const starts = new Uint32Array(count + 1);
  let bytes = Buffer.allocUnsafe(count * 220);
  let at = 0;
  for (let k = 0; k < count; k++) {
    const id = k % load.sensors;
    const round = Math.floor(k / load.sensors);
    const value = Math.round(75 + 74 * Math.sin(id + round / 8) + (id % 50 === 0 ? 300 : 0)) / 10;
    const payload = observation(Math.floor(load.startMs + (1000 * k) / load.rate), value);
    const packet = wrap(publishPacket(topicOf(id), payload, load.version));
    if (at + packet.length > bytes.length)
      bytes = Buffer.concat([bytes, Buffer.allocUnsafe(bytes.length >> 1)]);
    starts[k] = at;
    at += packet.copy(bytes, at);
  }
  starts[count] = at;
  return { bytes: bytes.subarray(0, at), starts };
}
