export const timeline = {
  "timeline.title": "时间轴",
} as const;
