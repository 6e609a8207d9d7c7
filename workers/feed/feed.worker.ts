import { expose, transfer } from "comlink";
import type { FeedBatch, FeedWorker } from "./contract.ts";
import { FeedHub } from "./feed-hub.ts";

const hub = new FeedHub({ pageOrigin: self.location.origin });
const worker: FeedWorker = {
  connect: (config, kinds, city, credentials, onBatch, rules) => {
    const emit = (batch: FeedBatch) => {
      const arrays = [...Object.values(batch.update ?? {}), ...Object.values(batch.moves ?? {})];
      return onBatch(
        transfer(
          batch,
          arrays.map(({ buffer }) => buffer),
        ),
      );
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
