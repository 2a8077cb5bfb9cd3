import { escapeHtml } from "./escape-html.js";
import { style } from "./style.js";

/** A whole HTML page, which needs no other file; `main` is HTML below the heading, `rules` are style rules besides the page's own. */
export function page(title: string, main: string, rules = ""): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}${rules}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${main}
</main>
</body>
</html>
`;
}

/** A box that scrolls sideways, by keyboard too, where its content is wider than the page; screen readers say its label. */
export function panel(label: string, content: string): string {
  return `<div class="panel" role="region" tabindex="0" aria-label="${escapeHtml(label)}">${content}</div>`;
}
