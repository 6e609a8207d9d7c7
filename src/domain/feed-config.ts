import type { LocalText, Provenance } from "./provenance.ts";
import type { UnitKind, UnitStatus } from "./response.ts";
import type { WarningLevel } from "./risk.ts";

/** A feed as data. Secrets are never here: they are asked of the user and kept for the session only. */
export type FeedConfig =
  | MqttFeedConfig
  | SensorThingsFeedConfig
  | GeoJsonFeedConfig
  | EarthquakeFeedConfig
  | CapFeedConfig
  | SseFeedConfig
  | GtfsRealtimeFeedConfig
  | TyphoonFeedConfig;

interface FeedBase {
  readonly id: string;
  readonly title: LocalText;
  /** `{city}` is replaced by the city id. A path such as `/mqtt` lies on the page's own origin. */
  readonly url: string;
  readonly provenance: Provenance;
  /** Seconds without a message (or without a successful poll) after which the feed is late, then stale. */
  readonly lateAfterS: number;
  readonly staleAfterS: number;
}

/** MQTT over WebSocket: `ws://…`, `wss://…` or a path. SensorThings entities and CAP alerts are recognised by payload. */
export interface MqttFeedConfig extends FeedBase {
  readonly protocol: "mqtt";
  /** Topic filters; `{city}` is replaced by the city id. */
  readonly topics: readonly string[];
  readonly options?: MqttOptions & {
    /** For payloads that are neither SensorThings nor CAP; CAP is recognised all the same. */
    readonly json?: JsonMapping;
    /** For JSON payloads that report units: every JSON message of the feed is one then. */
    readonly units?: UnitMapping;
  };
}

/**
 * Where free-form JSON keeps what a unit needs, such as an automatic vehicle location system reports it; fields are dotted paths
 * within the record, `id` also `topic:2`.
 */
export interface UnitMapping {
  readonly id: string;
  /** Word of the unit's kind, and what the source's own words stand for; a word that is a kind stands for itself. */
  readonly kind: string;
  readonly kinds?: Readonly<Record<string, UnitKind>>;
  readonly status: string;
  readonly statuses?: Readonly<Record<string, UnitStatus>>;
  readonly longitude: string;
  readonly latitude: string;
  /** Degrees clockwise from north. */
  readonly heading?: string;
  /** ISO 8601 with a zone, or epoch seconds or milliseconds; the time of receipt when absent. */
  readonly time?: string;
  readonly name?: string;
  readonly nameEn?: string;
  readonly crew?: string;
  /** Id of the incident that it works on. */
  readonly incident?: string;
  /** Path of a list of records; the payload itself, or the list that it is, when absent. */
  readonly records?: string;
  /** Topic under which orders are left with the broker, `{city}` and `{id}` (the order's) filled in; without it none are given. */
  readonly orders?: string;
}

/** How to connect to a broker. */
export interface MqttOptions {
  /** 4 is MQTT 3.1.1; 5, and 4 where that is refused, when absent. */
  readonly protocolVersion?: 4 | 5;
  /** 1: each message at least once, also those of a short loss; 0 when absent. */
  readonly qos?: 0 | 1;
  /** Seconds for which the broker keeps what comes while the link is lost; 300 with QoS 1 and none with QoS 0 when absent. */
  readonly sessionExpiryS?: number;
}

/** Where free-form JSON keeps what a sensor needs; fields are dotted paths within a record. */
export interface JsonMapping {
  /** Key of the scenario's `sensorKinds`. */
  readonly kind: string;
  /** Path, or `topic:2` for the third part of the topic. */
  readonly id: string;
  readonly value: string;
  /** ISO 8601 with a zone, or epoch seconds or milliseconds; the time of receipt when absent. */
  readonly time?: string;
  readonly name?: string;
  readonly unit?: string;
  /** Paths of the place in degrees, for records that bring it. */
  readonly longitude?: string;
  readonly latitude?: string;
  /** Places by id (lon, lat in degrees), for records that do not. */
  readonly places?: Readonly<Record<string, readonly [number, number]>>;
  /** Path of a list of records; the payload itself, or the list that it is, when absent. */
  readonly records?: string;
}

/** OGC SensorThings 1.1 over HTTP; `url` is the service root, ending in `/v1.1`. */
export interface SensorThingsFeedConfig extends FeedBase {
  readonly protocol: "sensorthings";
  readonly options: {
    /** Seconds between two questions for new Observations. */
    readonly intervalS: number;
    /** Seconds between two readings of all Things; 600 when absent. */
    readonly refreshS?: number;
    /** `$filter` of the Things that are wanted. */
    readonly filter?: string;
    /** `$top`: entities asked for a page; 200 when absent. Servers may give fewer. */
    readonly pageSize?: number;
    /** New Observations come over MQTT while that works, and over HTTP while it does not. */
    readonly mqtt?: MqttOptions & {
      /** `ws://…`, `wss://…` or a path. A user name and password go to it when it is on the service's own host. */
      readonly url: string;
      /** `{id}` stands for each Datastream's id; `v1.1/Datastreams({id})/Observations` when absent. */
      readonly topics?: readonly string[];
    };
  };
}

/** A GeoJSON FeatureCollection of points that is asked for again and again. */
export interface GeoJsonFeedConfig extends FeedBase {
  readonly protocol: "geojson";
  readonly options: GeoJsonMapping & { readonly intervalS: number };
}

/** Where a point feature keeps what a sensor needs; fields are dotted paths within the feature, such as `properties.pm25`. */
export interface GeoJsonMapping {
  /** Key of the scenario's `sensorKinds`. */
  readonly kind: string;
  /** The feature's `id` when absent. */
  readonly id?: string;
  readonly value: string;
  /** ISO 8601, or epoch seconds or milliseconds; the time of receipt when absent. */
  readonly time?: string;
  readonly name?: string;
  readonly unit?: string;
  /** Field that names a warning level, and what its words stand for; without it the thresholds of the kind decide. */
  readonly level?: { readonly field: string; readonly words: Readonly<Record<string, WarningLevel | 0>> };
}

/** Earthquakes in the GeoJSON of the USGS; the value is the magnitude. */
export interface EarthquakeFeedConfig extends FeedBase {
  readonly protocol: "earthquakes";
  readonly options: {
    readonly intervalS: number;
    /** Key of the scenario's `sensorKinds`. */
    readonly kind: string;
    readonly minMagnitude?: number;
    /** west, south, east, north in degrees. */
    readonly box?: readonly [number, number, number, number];
  };
}

/** CAP 1.2 over HTTP: one alert, or an Atom or RSS index of alerts. */
export interface CapFeedConfig extends FeedBase {
  readonly protocol: "cap";
  readonly options: {
    readonly intervalS: number;
    /** Alerts of an index that are read, the first ones; 200 when absent. */
    readonly maxAlerts?: number;
  };
}

/** Server-Sent Events; each event's data is a SensorThings entity, a CAP alert, or GeoJSON or free-form JSON where a mapping is given. */
export interface SseFeedConfig extends FeedBase {
  readonly protocol: "sse";
  readonly options: {
    /** Event types that are read; all when absent. */
    readonly events?: readonly string[];
    readonly geojson?: GeoJsonMapping;
    readonly json?: JsonMapping;
  };
}

/** GTFS-realtime over HTTP: vehicle positions. The value of a vehicle is its speed in km/h. */
export interface GtfsRealtimeFeedConfig extends FeedBase {
  readonly protocol: "gtfs-realtime";
  readonly options: {
    readonly intervalS: number;
    /** Key of the scenario's `sensorKinds`. */
    readonly kind: string;
  };
}

/** Tracks of tropical cyclones over HTTP: best tracks of the RSMC Tokyo, or JSON (`storm-tracks-json.ts`). */
export interface TyphoonFeedConfig extends FeedBase {
  readonly protocol: "typhoon";
  readonly options: {
    readonly intervalS: number;
    /** International numbers that are wanted, such as `1909`; all when absent. */
    readonly ids?: readonly string[];
    /** Only tracks that touch this box: west, south, east, north in degrees. */
    readonly box?: readonly [number, number, number, number];
    /** Only so many tracks, the last ones. */
    readonly newest?: number;
  };
}
