/** `https://page/local/m1/a/b.glb` below `/local/m1/` is `a/b.glb`. */
export function localPath(url: string, rootUrl: string): string {
  const pathname = decodeURI(new URL(url, "http://local.invalid/").pathname);
  const root = decodeURI(new URL(rootUrl, "http://local.invalid/").pathname);
  return pathname.startsWith(root) ? pathname.slice(root.length) : pathname.replace(/^\/+/, "");
}

export function folderOf(url: string): string {
  return url.slice(0, url.lastIndexOf("/") + 1);
}
