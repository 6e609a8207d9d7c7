export const incident = {
  "incident.title": "事件",
} as const;
