import { Credit, CreditDisplay } from "cesium";

/** The engine by its name; Cesium ion, whose logo is the default, is named only where its service is used. */
export function creditEngine(usesIon: boolean): void {
  ionCredit ??= CreditDisplay.cesiumCredit;
  CreditDisplay.cesiumCredit = usesIon ? ionCredit : new Credit("CesiumJS");
}

let ionCredit: Credit | null = null;

/** Follows Cesium's credit elements and tells them as plain text: providers' HTML never reaches the interface. */
export function followCredits(host: HTMLElement, onChange: (credits: readonly string[]) => void): () => void {
  let last = "";
  let timer = 0;
  const read = (): void => {
    timer = 0;
    const texts = new Set<string>();
    for (const image of host.querySelectorAll("img")) {
      const title = image.getAttribute("alt") || image.getAttribute("title") || "";
      if (title.trim()) texts.add(title.trim());
    }
    for (const part of host.querySelectorAll(
      ".cesium-credit-logoContainer > *, .cesium-credit-textContainer > span, .cesium-credit-lightbox li",
    )) {
      const words = part.textContent?.replace(/^[\s•]+|[\s•]+$/g, "") ?? "";
      if (words && words !== "Data attribution") texts.add(words);
    }
    const credits = [...texts];
    const key = credits.join("\n");
    if (key === last) return;
    last = key;
    onChange(credits);
  };
  const observer = new MutationObserver(() => {
    if (!timer) timer = window.setTimeout(read, 300);
  });
  observer.observe(host, { childList: true, subtree: true, characterData: true });
  return () => {
    observer.disconnect();
    clearTimeout(timer);
  };
}
