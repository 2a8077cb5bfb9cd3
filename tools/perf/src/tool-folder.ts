/** This tool's folder; modules directly in `src` and built ones in `dist` are both one level below it. */
export const toolFolder = new URL("..", import.meta.url);
