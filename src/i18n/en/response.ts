import type { response as zh } from "../zh-CN/response.ts";

export const response: Record<keyof typeof zh, string> = {
  "affected.now": "Now ({hour}) about",
  "affected.curveNote": "From day and night numbers and a time-of-day curve for each use; sample data",
  "affected.curveLabel": "People by hour: {now} now; most {most} at {mostAt}, least {least} at {leastAt}",
  "affected.pipes": "Buried mains",
  "affected.largest": "up to DN {diameter}",
  "affected.roomsOf": "Rooms: {model}",
  "facility.school": "Schools",
  "facility.hospital": "Hospitals",
  "facility.hazard": "Hazardous sites",
  "facility.care": "Care homes",
  "facility.transit": "Stations and hubs",
  "facility.pipe": "Pipe works",
  "facility.shelter": "Shelters",
  "pipe.gas": "Gas",
  "pipe.water": "Water",
  "pipe.heat": "Heat",
  "pipe.drainage": "Drainage",
};
