/** The report's style sheet: light and dark by the reader's setting, colours that differ in lightness too. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #fbfbfa; --panel: #ffffff; --text: #1d2021; --muted: #5c6166; --line: #dcdfe2;
  --good: #14663a; --good-back: #e0f2e6; --bad: #97231c; --bad-back: #fae3e0; --plain-back: #eceef0;
  --series-1: #6b7280; --series-2: #b45f06; --series-3: #0b7a75; --series-4: #2f4bc7; --series-5: #a3267f; --series-6: #4d7c0f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #16181a; --panel: #1e2124; --text: #e8e9ea; --muted: #a3a9af; --line: #383d42;
    --good: #8fdcae; --good-back: #1c3a29; --bad: #ffaca3; --bad-back: #46211e; --plain-back: #2c3034;
    --series-1: #a8b0bb; --series-2: #f0a04b; --series-3: #4fd0c7; --series-4: #93a8ff; --series-5: #f288cf; --series-6: #a5d84f;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 70rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1, h2, h3 { overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; margin: 2.75rem 0 .75rem; }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
p { max-width: 46rem; margin: .5rem 0; }
.muted { color: var(--muted); }
.panel { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; overflow-x: auto; margin: .75rem 0; }
.panel:focus-visible { outline: 3px solid var(--series-4); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
caption { text-align: left; color: var(--muted); padding-bottom: .5rem; }
th, td { padding: .4rem .6rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; font-variant-numeric: tabular-nums; }
th { font-weight: 600; }
thead th { vertical-align: bottom; }
tbody th { white-space: nowrap; }
th:first-child, td.text, th.text { text-align: left; }
tbody tr:last-child > * { border-bottom: 0; }
td small { display: block; color: var(--muted); white-space: nowrap; }
td { position: relative; }
td.best { font-weight: 700; }
td.best small { font-weight: 400; }
.swatch { display: inline-block; width: .7em; height: .7em; border-radius: 50%; margin-right: .45em; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0 0 .75rem; padding: 0; list-style: none; font-size: .92rem; }
.badge { display: inline-block; padding: 0 .5em; border-radius: 1em; background: var(--plain-back); white-space: nowrap; font-size: .85rem; }
.badge.good { background: var(--good-back); color: var(--good); }
.badge.bad { background: var(--bad-back); color: var(--bad); }
.examples { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(19rem, 100%), 1fr)); gap: 1rem; }
.example { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; overflow: hidden; }
.example img { display: block; width: 100%; aspect-ratio: 1; image-rendering: auto; }
.example ol { margin: 0; padding: .25rem 0; list-style: none; }
.example li { padding: .5rem .8rem; border-top: 1px solid var(--line); font-size: .92rem; }
.example li.true { border-left: 4px solid var(--good); }
.example li.false { border-left: 4px solid transparent; }
.chosen { display: flex; flex-wrap: wrap; gap: .3rem; margin-top: .3rem; }
svg { width: 100%; height: auto; display: block; }
.panel svg { min-width: 38rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0; padding: 0; list-style: none; }
a { color: inherit; }
section { scroll-margin-top: 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0; font-size: .92rem; }
dt { color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
td.pair { white-space: nowrap; }
ul.notes { color: var(--muted); font-size: .9rem; padding-left: 1.2rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
details summary { cursor: pointer; }
summary h3 { display: inline; }
details { margin: .75rem 0; }
pre { overflow-x: auto; font-size: .82rem; }
@media (max-width: 30rem) {
  main { padding: 1.25rem .75rem 3rem; }
  .panel { padding: .6rem; }
  dl { grid-template-columns: 1fr; }
  .badge { white-space: normal; }
}
@media print { .panel, .example { break-inside: avoid; } }
`;
