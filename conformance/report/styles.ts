/** The style sheet of the site: light or dark as the reader's system is, and plain on paper. */
export const styles = `
:root { color-scheme: light dark; --text: light-dark(#1a2027, #e6eaef); --good: light-dark(#126b2f, #6fd08c);
  --bad: light-dark(#b3261e, #ff8a80); --warn: light-dark(#8a5a00, #e5b567); --dim: light-dark(#5b6470, #a3adba);
  --line: light-dark(#d9dee5, #3a424d); --back: light-dark(#f5f7f9, #1f252c); --page: light-dark(#ffffff, #161b20);
  --link: light-dark(#1b5fa8, #8ab8f0); }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page); max-width: 70rem;
  margin: 0 auto; padding: 0.75rem 1rem 4rem; overflow-wrap: anywhere; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 0.15em; }
nav { display: flex; flex-wrap: wrap; gap: 0.2rem 1.1rem; border-bottom: 1px solid var(--line); padding-bottom: 0.5rem; font-size: 0.95rem; }
nav b { margin-right: auto; }
h1 { font-size: 1.55rem; line-height: 1.25; margin: 1.2rem 0 0.2rem; } h1 .on, .lead { font-weight: normal; color: var(--dim); font-size: 1rem; display: block; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 0.5rem; } h3 { font-size: 1rem; margin: 1.4rem 0 0.3rem; } h4 { font-size: 0.95rem; margin: 1rem 0 0.2rem; }
p { margin: 0.4rem 0; max-width: 46rem; } small, .dim { color: var(--dim); }
.headline { font-size: 1.3rem; font-weight: 600; margin: 0.7rem 0; }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
.figures { list-style: none; padding: 0; margin: 0.8rem 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 0.5rem; }
.figures li { background: var(--back); border-radius: 0.4rem; padding: 0.5rem 0.7rem; color: var(--dim); font-size: 0.88rem; line-height: 1.35; }
.figures strong { display: block; font-size: 1.15rem; color: var(--text); }
.chip { font-size: 0.78rem; font-weight: 600; border: 1px solid; border-radius: 1rem; padding: 0.05rem 0.5rem; white-space: nowrap; }
.chip.conforms { color: var(--good); } .chip.violates, .chip.errored, .chip.unstable { color: var(--bad); }
.chip.inconclusive, .chip.interrupted, .chip.not-run { color: var(--warn); } .chip.unsupported { color: var(--dim); }
a.chip { text-decoration: none; }
.about { color: var(--dim); font-size: 0.92rem; display: block; } td.number, .clauses thead th:nth-child(n + 3) { text-align: right; font-variant-numeric: tabular-nums; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.area { display: grid; grid-template-columns: 10.5rem 1fr; gap: 0.2rem 0.8rem; padding: 0.3rem 0; border-top: 1px solid var(--line); align-items: start; } .area[hidden] { display: none; }
.area h3 { margin: 0; font-size: 0.95rem; line-height: 1.6rem; } .area h3 small { font-weight: normal; white-space: nowrap; float: right; font-variant-numeric: tabular-nums; }
.cells, .key { list-style: none; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: 3px; } .key { gap: 0.3rem 1.1rem; margin: 0.6rem 0; font-size: 0.88rem; color: var(--dim); }
.cell { display: inline-block; position: relative; width: 1.6rem; height: 1.6rem; line-height: 1.5rem; text-align: center; border-radius: 0.25rem; border: 1px solid var(--line); text-decoration: none; color: var(--dim); font-size: 0.95rem; vertical-align: middle; }
.cell.conforms { background: light-dark(#bfe3c9, #23573a); border-color: light-dark(#8fcaa0, #34794f); } .cell.violates, .cell.errored, .cell.unstable { background: var(--bad); border-color: var(--bad); color: var(--page); font-weight: 700; }
.cell.inconclusive, .cell.interrupted, .cell.not-run { background: light-dark(#f6e3b8, #57430f); border-color: var(--warn); color: var(--text); } a.cell:hover { outline: 2px solid var(--text); }
.filter { display: flex; flex-wrap: wrap; gap: 0.5rem 1.2rem; align-items: center; margin: 0.6rem 0; font-size: 0.92rem; } .filter[hidden] { display: none; } .filter input, .filter select { font: inherit; padding: 0.2rem 0.4rem; color: inherit; background: var(--page); border: 1px solid var(--dim); border-radius: 0.25rem; }
.problems { list-style: none; padding: 0; margin: 0; } .problems > li { display: grid; grid-template-columns: 5.2rem minmax(0, 1fr); gap: 0 0.8rem; padding: 0.5rem 0; border-top: 1px solid var(--line); align-items: baseline; }
.problems .chip { justify-self: start; } .problems h3 { margin: 0; } .problems p { margin: 0; } .problems summary { padding: 0; color: var(--dim); font-size: 0.92rem; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.failure { border: 1px solid var(--line); border-left: 4px solid var(--bad); border-radius: 0.3rem; padding: 0.4rem 0.9rem 0.7rem; margin: 0.9rem 0; }
.failure h2, .failure h3 { margin-top: 0.4rem; } .failure h2 { font-size: 1.05rem; }
.picture { margin: 0.6rem 0; } .scale { display: block; max-width: 36rem; overflow: visible; margin: 0.3rem 0; }
.scale .axis { stroke: var(--line); stroke-width: 2; } .scale .bound { fill: var(--good); opacity: 0.25; } .scale .expected { stroke: var(--good); stroke-width: 2.5; }
.scale .actual { fill: var(--bad); } .scale text { font: 13px system-ui, sans-serif; fill: var(--bad); } .scale text.expected { fill: var(--good); stroke: none; }
.grids { display: flex; flex-wrap: wrap; gap: 0.4rem 1.6rem; margin: 0.5rem 0; } .grid { margin: 0; max-width: 100%; overflow-x: auto; } .grid figcaption { font-size: 0.88rem; }
.grid small { white-space: nowrap; } .grid table { border-collapse: separate; border-spacing: 2px; margin: 0.15rem 0; } .grid .plane { color: var(--dim); font-size: 0.82rem; margin: 0.2rem 0 0; }
.grid td { border: 1px solid var(--line); border-radius: 0.2rem; min-width: 2rem; padding: 0.15rem 0.4rem; text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } .grid td.more { border: 0; }
mark { background: none; color: inherit; } td.read, mark.read { background: light-dark(#ffe9b0, #5a4512); } td.wrong { background: light-dark(#fbdcd9, #5c2320); border-color: var(--bad); font-weight: 700; }
td.right { background: light-dark(#d8f0de, #1d4429); border-color: var(--good); } .note { font-size: 0.88rem; color: var(--dim); } mark.read { color: var(--text); border-radius: 0.2rem; padding: 0 0.25rem; }
.jumps { display: flex; flex-wrap: wrap; gap: 0.1rem 1.1rem; font-size: 0.92rem; }
.statement > section h2 { margin-top: 0.6rem; } .symbols { font-size: 0.88rem; } .symbols dt { min-width: 2.4rem; color: inherit; } .symbols dt, .symbols dd { border-bottom: 1px solid var(--line); margin: 0; padding-bottom: 0.1rem; } dl.symbols { column-gap: 0; } .symbols dt { padding-right: 0.8rem; }
@media (min-width: 60rem) { .statement { display: grid; grid-template-columns: minmax(0, 1fr) 21rem; gap: 2rem; align-items: start; } .statement > section { border-left: 1px solid var(--line); padding-left: 1.2rem; } .statement > section h2 { margin-top: 0; font-size: 1rem; } }
.formula { display: flex; flex-wrap: wrap; justify-content: safe center; align-items: center; gap: 0.5rem 2em; overflow-x: auto; overflow-y: hidden; padding: 0.7rem 0.2rem; margin: 0.6rem 0; border-block: 1px solid var(--line); }
math { font-family: "STIX Two Math", "Latin Modern Math", "Cambria Math", "Libertinus Math", "DejaVu Math TeX Gyre", "Noto Sans Math", math; line-height: normal; }
math.tml-display { display: block math; width: max-content; }
.tml-left { text-align: left; } .tml-right { text-align: right; } .tml-sml-pad { padding-left: 0.05em; } .tml-med-pad { padding-left: 0.1em; } .tml-lrg-pad { padding-left: 0.15em; }
.erratum { border-left: 4px solid var(--warn); padding: 0.1rem 0 0.1rem 0.9rem; margin: 0.8rem 0; }
.property { padding: 0.7rem 0; border-top: 1px solid var(--line); } .property h3 { margin: 0 0 0.2rem; font-weight: normal; }
.property h3 .chip { margin-right: 0.5rem; }
code, pre, .mono { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 0.87rem; }
pre { background: var(--back); padding: 0.6rem 0.8rem; border-radius: 0.3rem; overflow-x: auto; line-height: 1.45; margin: 0.4rem 0; max-width: 100%; }
pre.wrap { white-space: pre-wrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1.1rem; margin: 0.5rem 0; } dt { color: var(--dim); } dd { margin: 0; min-width: 0; }
.case dd { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 0.87rem; white-space: pre-wrap; }
details { margin: 0.3rem 0; } summary { cursor: pointer; padding: 0.2rem 0; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: 0.92rem; }
th, td { text-align: left; padding: 0.3rem 0.9rem 0.3rem 0; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: normal; }
thead th { border-top: 0; color: var(--dim); font-weight: 600; } td.mark, th.mark { text-align: center; padding-inline: 0.4rem; white-space: nowrap; } th[scope=row] { font-weight: normal; min-width: 5rem; } .kills th[scope=row] { min-width: 10rem; }
.matrix th[scope=row] { font-weight: normal; min-width: 13rem; overflow-wrap: anywhere; } .matrix td { white-space: nowrap; position: relative; }
.library { list-style: none; padding: 0; margin: 1rem 0; } .library > li { border-top: 1px solid var(--line); padding: 0.1rem 0 0.7rem; } .library h3 { margin-bottom: 0.1rem; }
.library ul { margin: 0.3rem 0; padding-left: 1.2rem; } .library .about { color: var(--dim); font-size: 0.92rem; } a.found { font-size: 0.85rem; margin-left: 0.3rem; }
.runs { list-style: none; padding: 0; margin: 0.2rem 0; display: flex; flex-wrap: wrap; gap: 0.3rem 2rem; }
.fold { border-top: 1px solid var(--line); padding: 0.2rem 0; margin: 0; } .fold .matrix { margin: 0.3rem 0 0.8rem; }
.histogram { display: block; max-width: 26rem; width: 100%; height: auto; margin: 0.4rem 0; }
.histogram rect { fill: var(--link); } .histogram .deep { fill: var(--text); } .histogram line { stroke: var(--line); } .histogram text { fill: var(--dim); font: 11px system-ui, sans-serif; }
.chart { margin: 0.6rem 0; max-width: 36rem; } .chart > svg { display: block; width: 100%; height: auto; }
.chart line { stroke: var(--line); } .chart text { fill: var(--dim); font: 11px system-ui, sans-serif; }
.chart .line { fill: none; stroke-width: 1.8; } .chart .bound { stroke-dasharray: 5 4; }
.chart .line, .chart circle { stroke: currentColor; } .chart circle { fill: currentColor; } .chart .band { fill: currentColor; opacity: 0.18; }
.chart .series0 { color: var(--link); } .chart .series1 { color: var(--warn); } .chart .series2 { color: var(--good); }
.chart .series3 { color: var(--bad); } .chart .series4 { color: var(--text); } .chart .series5 { color: var(--dim); }
.ledger .some, .ledger .more, .ledger .most { fill: var(--link); } .ledger .some { opacity: 0.4; } .ledger .more { opacity: 0.7; }
.ledger .informative { fill: var(--dim); opacity: 0.55; } .ledger .open { fill: var(--warn); } .ledger .blank { fill: var(--back); }
.ledger .wrong { fill: var(--page); stroke: var(--bad); stroke-width: 1.8; } .ledger a:hover rect { stroke: var(--text); stroke-width: 1.5; } :target { scroll-margin-top: 3rem; }
tr:has(:target) { background: var(--back); } .ledger circle { stroke: var(--bad); }
.faults td, .faults th { overflow-wrap: anywhere; }
rect.good, rect.bad, rect.warn, rect.dim, rect.link { fill: currentColor; } rect.link { color: var(--link); } rect.dim { opacity: 0.5; }
.clouds { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 0.8rem; margin: 0.6rem 0; } .cloud { margin: 0; }
.cloud svg { display: block; width: 100%; height: auto; border: 1px solid var(--line); } .cloud path { stroke: var(--link); stroke-width: 7; stroke-linecap: round; opacity: 0.6; }
.sheet { margin: 0.6rem 0; } .sheet img { display: block; max-width: 100%; height: auto; image-rendering: pixelated; }
.cloud circle { fill: none; stroke: var(--dim); stroke-width: 2; } .cloud figcaption { font-size: 0.88rem; color: var(--dim); }
.spreads td { white-space: nowrap; } .spreads th[scope=row] { min-width: 12rem; }
.legend { display: inline-flex; align-items: center; gap: 0.4rem; margin-right: 1.1rem; font-size: 0.88rem; color: var(--dim); } .legend svg { width: 1.6rem; flex: none; }
.tags { list-style: none; padding: 0; margin: 0.3rem 0; display: flex; flex-wrap: wrap; gap: 0.3rem; }
.tags li { background: var(--back); border-radius: 0.3rem; padding: 0.1rem 0.5rem; font-size: 0.85rem; } .tags .never { color: var(--bad); }
@media (max-width: 34rem) {
  body { padding-inline: 0.8rem; } dl:not(.case, .symbols) { grid-template-columns: 1fr; gap: 0; } dl:not(.case, .symbols) dd { margin: 0 0 0.4rem; }
  .problems > li { grid-template-columns: minmax(0, 1fr); gap: 0.1rem; } .area { grid-template-columns: minmax(0, 1fr); } .area h3 small { float: none; margin-left: 0.4rem; } .clauses :is(th, td):nth-child(3), .clauses :is(th, td):nth-child(5) { display: none; } .figures { grid-template-columns: 1fr 1fr; } nav b { width: 100%; }
  .chart text { font-size: 14px; }
  .stack thead { display: none; } .stack tr { display: block; border-top: 1px solid var(--line); padding: 0.4rem 0; }
  .stack td, .stack th { display: block; border: 0; padding: 0; } .stack .beside { display: inline; margin-right: 0.8rem; }
}
@media print {
  :root { color-scheme: light; } body { max-width: none; font-size: 10.5pt; padding: 0; } nav { display: none; }
  .filter, .jumps { display: none; } .cell, .grid td, mark, .figures li { print-color-adjust: exact; } .statement { display: block; } .statement > section { border: 0; padding: 0; }
  :is(.problems > li > div > details, .fold)::details-content { display: block; content-visibility: visible; }
  .failure, .property, .figures li, .area, tr { break-inside: avoid; } h2, h3 { break-after: avoid; }
  pre { white-space: pre-wrap; border: 1px solid #ccc; } .formula, .scroll { overflow: visible; } a { color: inherit; }
}
`
