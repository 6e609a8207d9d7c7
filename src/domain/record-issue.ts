/** What was wrong with a record of a feed, as a code whose sentence is `issue.<code>`, and where: that stays as it was said. */
export interface RecordIssue {
  readonly place: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * The sentences in which decoders say what is wrong with a record, by code; the first that fits counts, so the more exact ones come
 * first. `{field}` is one word, other names are anything. A sentence that is not here is shown as it is.
 */
const SENTENCES: readonly (readonly [code: string, sentence: string])[] = [
  ["observationNoObject", "an Observation is no object"],
  ["noObject", "is no object"],
  ["noKind", "has no kind of unit at {field}"],
  ["noStatus", "has no status of a unit at {field}"],
  ["noPlace", "has no place on the Earth"],
  ["outside", "lies outside the Earth's longitudes and latitudes"],
  ["outsideLocation", "has a Location outside the Earth's longitudes and latitudes"],
  ["noTimeAt", "has no time with a zone at {field}"],
  ["noTime", "has no time with a zone"],
  ["noNumberAt", "has no number at {field}"],
  ["noPoint", "has no Point geometry"],
  ["locationNoPoint", "has a Location that is no GeoJSON Point"],
  ["noStreams", "has no expanded Datastreams (ask with $expand)"],
  ["streamNoId", "a Datastream has no @iot.id"],
  ["noStream", "an Observation names no Datastream, and neither does its topic"],
  ["arrayNoStream", "a dataArray names no Datastream or no components"],
  ["arrayNoResult", "a dataArray has no result column"],
  ["rowNoList", "a row of a dataArray is no list"],
  ["resultNoNumber", "result {value} is no number"],
  ["timeNoIso", "time {value} is no ISO 8601 time"],
  ["ahead", "its time lies {minutes} min ahead"],
  ["noIdOrPoints", "has no id or no points"],
  ["noReadablePoint", "has no point that can be read"],
  ["manyPoints", "has {count} points"],
  ["there", "is there already"],
  ["noForecast", "says neither true nor false for forecast"],
  ["earlierVehicle", "has the vehicle id of an earlier one"],
  ["earlierId", "has the id of an earlier one"],
  ["namesNoAlert", "names no alert"],
  ["cutOff", "the message ends in the middle of a field"],
  ["brokenInside", "is broken inside"],
  ["manyEntities", "there are more than {count} entities"],
  ["wrongVehicle", "has a vehicle of the wrong type"],
  ["noPosition", "has no position"],
  ["lineCount", "typhoon {id} should have {wanted} lines and has {found}"],
  ["noTyphoon", "it belongs to no typhoon"],
  ["noInternational", "its typhoon has no international number"],
  ["noLineCount", "typhoon {id} has no count of lines"],
  ["beginsNoTime", "it begins with no time"],
  ["noAnalysis", "it is no line of an analysis (002)"],
  ["centre", "its centre is no place on the Earth"],
  ["order", "its time is not after that of the line before"],
  ["grade", 'its grade "{value}" is not one of 2 to 9'],
  ["pressure", "its central pressure is {value} hPa"],
  ["takenUnknown", 'info.{field} "{value}" is not one of {known}: taken as Unknown'],
  ["infoNoTime", 'info.{field} "{value}" is no time: left out'],
  ["reference", 'references: "{value}" is no "sender,identifier,sent"'],
  ["emptyPolygon", "an empty polygon was left out"],
  ["polygonPoint", 'a polygon was left out: "{value}" is no "lat,lon"'],
  ["polygonCorners", "a polygon of fewer than three corners was left out"],
  ["circle", 'a circle was left out: "{value}" is no "lat,lon radius"'],
  ["unread", "{count} more alerts are not read"],
  ["eventLong", "an event is too long"],
  ["pagesCircle", "its pages go round in a circle"],
  ["manyPages", "it has more than {count} pages"],
  ["fieldNoNumber", "{field} {value} is no number"],
  ["fieldNoZone", "{field} {value} is no time with a zone"],
  ["magNoNumber", "properties.mag is no number"],
  ["timeNoTime", "properties.time is no time"],
  ["notOneOf", "{field} {value} is not one of {known}"],
  ["noField", "has no {field}"],
];

const READERS = SENTENCES.map(([code, sentence]) => [code, patternOf(sentence)] as const);

/** Reads an English sentence of a decoder; null when it is none of the known ones. */
export function readRecordIssue(message: string): RecordIssue | null {
  for (const [code, pattern] of READERS) {
    const found = pattern.exec(message)?.groups;
    if (!found) continue;
    const { place = "", ...params } = found;
    return { place: place.replace(/:$/, ""), code, params };
  }
  return null;
}

/** What stands before the sentence, as much as can, is the place. */
function patternOf(sentence: string): RegExp {
  const body = sentence
    .replace(/[.*+?^$()|[\]\\]/g, "\\$&")
    .replace(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>${name === "field" ? "\\S+" : ".+"})`);
  return new RegExp(`^(?:(?<place>.*)\\s)?${body}$`, "s");
}
