/** This app's folder; modules of `src` and built ones of `dist` are both one level below it. */
export const appFolder = new URL("..", import.meta.url);
