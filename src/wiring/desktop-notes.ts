/** Asks the user whether the page may notify; browsers want this to come from a press. */
export async function allowNotifications(): Promise<"on" | "denied"> {
  if (!("Notification" in window)) return "denied";
  return (await Notification.requestPermission()) === "granted" ? "on" : "denied";
}

/** A notification of the desktop; the same id takes the place of the one before it. A press brings the page to the front. */
export function notifyDesktop(title: string, id: string): void {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const note = new Notification(title, { tag: id, icon: "icons/favicon.svg" });
  note.onclick = () => {
    window.focus();
    note.close();
  };
}
