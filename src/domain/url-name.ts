/** A readable name for a resource: its file name without extension, or for `tileset.json` its folder, or the host. */
export function nameFromUrl(url: string): string {
  const path = url.split(/[?#]/)[0] ?? "";
  const parts = path
    .replace(/^[a-z]+:\/\//i, "")
    .split("/")
    .filter(Boolean);
  const last = parts.at(-1) ?? url;
  const isGeneric = /^tileset\.json$/i.test(last) && parts.length > 1;
  const chosen = isGeneric ? parts.at(-2)! : last.replace(/\.[a-z0-9]{1,6}$/i, "");
  try {
    return decodeURIComponent(chosen) || url;
  } catch {
    return chosen || url;
  }
}
