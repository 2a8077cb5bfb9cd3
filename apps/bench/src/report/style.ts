/** The report's style sheet: light and dark by the reader's setting, colours that differ in lightness too. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #fbfbfa; --panel: #ffffff; --text: #1d2021; --muted: #5c6166; --line: #dcdfe2;
  --good: #14663a; --good-back: #e0f2e6; --bad: #97231c; --bad-back: #fae3e0; --plain-back: #eceef0;
  --series-1: #6b7280; --series-2: #b45f06; --series-3: #0b7a75; --series-4: #2f4bc7; --series-5: #a3267f; --series-6: #4d7c0f;
  --series-7: #b91c1c; --series-8: #0369a1; --series-9: #6d28d9; --series-10: #854d0e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #16181a; --panel: #1e2124; --text: #e8e9ea; --muted: #a3a9af; --line: #383d42;
    --good: #8fdcae; --good-back: #1c3a29; --bad: #ffaca3; --bad-back: #46211e; --plain-back: #2c3034;
    --series-1: #a8b0bb; --series-2: #f0a04b; --series-3: #4fd0c7; --series-4: #93a8ff; --series-5: #f288cf; --series-6: #a5d84f;
    --series-7: #ff8a80; --series-8: #6cc5ff; --series-9: #c4a5ff; --series-10: #e3c065;
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
.caption { color: var(--muted); font-size: .92rem; margin: 0 0 .5rem; }
th, td { padding: .4rem .6rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; font-variant-numeric: tabular-nums; }
th { font-weight: 600; }
thead th { vertical-align: bottom; }
tbody th { white-space: nowrap; }
th:first-child, td.text, th.text { text-align: left; }
th:first-child { position: sticky; left: -1rem; z-index: 1; background: var(--panel); }
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
.pictures { display: grid; grid-template-columns: 1fr 1fr; gap: 2px; }
.judged .badge { white-space: normal; border-radius: .6em; }
.judged { padding: .5rem .8rem .7rem; border-top: 1px solid var(--line); }
.example ol { margin: 0; padding: .25rem 0; list-style: none; }
.example li { padding: .5rem .8rem; border-top: 1px solid var(--line); font-size: .92rem; }
.example li.true { border-left: 4px solid var(--good); }
.example li.false { border-left: 4px solid transparent; }
.example .kind { margin: 0; padding: .4rem .8rem 0; font-size: .85rem; }
.example figure { margin: 0; padding: .5rem .8rem .7rem; border-top: 1px solid var(--line); }
.example figcaption { font-size: .85rem; color: var(--muted); overflow-wrap: anywhere; }
.graph { max-width: 20rem; font-size: 13px; }
.graph text { fill: currentColor; }
.graph .name { font-weight: 600; }
.graph rect, .graph path { fill: none; stroke: var(--muted); stroke-width: 1.3; }
.graph path.head { fill: var(--muted); stroke: none; }
.graph rect.gone, .graph path.gone { stroke: var(--bad); stroke-dasharray: 4 3; }
.graph rect.new, .graph path.new { stroke: var(--good); stroke-width: 2; }
.graph path.head.gone { fill: var(--bad); }
.graph path.head.new { fill: var(--good); }
.graph text.gone, .graph tspan.gone { fill: var(--bad); text-decoration: line-through; }
.graph text.new, .graph tspan.new { fill: var(--good); text-decoration: underline; }
.kinds { border: 0; margin: .75rem 0; padding: 0; display: flex; flex-wrap: wrap; gap: .35rem .5rem; font-size: .92rem; }
.kinds legend { padding: 0; color: var(--muted); margin-bottom: .3rem; }
.kinds label { padding: .1rem .6rem .1rem .3rem; border: 1px solid var(--line); border-radius: 1em; background: var(--panel); cursor: pointer; }
.kinds label:has(:checked) { border-color: currentColor; }
.kinds label:has(:focus-visible) { outline: 3px solid var(--series-4); outline-offset: 2px; }
.bars th { font-weight: 400; width: 1%; }
.bars th[scope=rowgroup] { font-weight: 600; text-align: left; padding-top: .8rem; }
.bars th, .bars td { border-bottom: 0; padding: .1rem .5rem .1rem 0; vertical-align: middle; }
.bars td { white-space: nowrap; width: 1%; }
.bars td.bar { width: 98%; }
.bars small { display: inline; color: var(--muted); font-weight: 400; }
.track { position: relative; height: .95rem; background: var(--plain-back); border-radius: .2rem; overflow: hidden; }
.track i { position: absolute; top: 0; bottom: 0; }
.track .value { left: 0; opacity: .75; }
.track .interval { top: 50%; bottom: auto; border-top: 2px solid var(--text); margin-top: -1px; }
.track .chance { border-left: 2px dashed var(--text); opacity: .7; }
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
td.text { min-width: 9rem; }
ul.notes { color: var(--muted); font-size: .9rem; padding-left: 1.2rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
details summary { cursor: pointer; }
summary h3 { display: inline; }
details { margin: .75rem 0; }
pre { overflow-x: auto; font-size: .82rem; }
@media (max-width: 30rem) {
  main { padding: 1.25rem .75rem 3rem; }
  .panel { padding: .6rem; }
  th:first-child { left: -.6rem; }
  dl { grid-template-columns: 1fr; }
  .badge { white-space: normal; }
  .bars th { white-space: normal; min-width: 5.5rem; }
  .bars td small { display: block; }
}
@media print { .panel, .example { break-inside: avoid; } }
`;
