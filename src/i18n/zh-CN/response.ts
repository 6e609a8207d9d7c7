export const response = {
  "response.title": "力量与资源",
} as const;
