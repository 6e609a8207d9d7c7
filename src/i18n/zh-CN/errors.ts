/** `error.<code>`: what happened, where, what to do. A code without a sentence here shows its own English message. */
export const errors = {
  "error.title": "出错了",
  "error.unexpected": "发生了意外：{detail}。请重试；若再次出现，请重新载入页面。",
} as const;
