/** Replaced at build time by the version in package.json. */
declare const __TWIN_VERSION__: string;
