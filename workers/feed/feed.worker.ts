import { expose, transfer } from "comlink";
import { SensorParts } from "../../src/domain/sensor-parts.ts";
import type { FeedBatch, FeedWorker, SentBatch } from "./contract.ts";
import { FeedHub } from "./feed-hub.ts";

const hub = new FeedHub({ pageOrigin: self.location.origin });
const worker: FeedWorker = {
  connect: (config, kinds, city, credentials, onBatch, rules) => {
    const parts = new SensorParts();
    const send = (batch: SentBatch) => {
      const arrays = [...Object.values(batch.update ?? {}), ...Object.values(batch.moves ?? {})];
      return onBatch(
        transfer(
          batch,
          arrays.map(({ buffer }) => buffer),
        ),
      );
    };
    const emit = async ({ sensors, ...rest }: FeedBatch) => {
      const { feedId, status } = rest;
      for (const part of sensors ? parts.split(sensors) : [])
        await send({ ...(part.isLast ? rest : { feedId, status }), sensors: part });
      if (!sensors) await send(rest);
    };
    return hub.connect(config, kinds, city, credentials, emit, rules);
  },
  disconnect: (feedId) => hub.disconnect(feedId),
  retry: (feedId, credentials) => hub.retry(feedId, credentials),
  publish: (feedId, topic, payload, credentials) => hub.publish(feedId, topic, payload, credentials),
  series: async (feedId, row) => {
    const series = await hub.series(feedId, row);
    return transfer(series, [series.timesMs.buffer, series.values.buffer, series.levels.buffer]);
  },
};
expose(worker);
