/** The style sheet of the report: light or dark as the reader's system is, and plain on paper. */
export const styles = `
:root { color-scheme: light dark; --good: light-dark(#126b2f, #6fd08c); --bad: light-dark(#b3261e, #ff8a80);
  --dim: light-dark(#5b6470, #a3adba); --line: light-dark(#d9dee5, #3a424d); --back: light-dark(#f5f7f9, #20262d); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0.5rem 0; } .on { font-weight: normal; color: var(--dim); font-size: 1rem; display: block; }
h2 { font-size: 1.15rem; margin: 2rem 0 0.5rem; }
.headline { font-size: 1.3rem; font-weight: 600; margin: 0.5rem 0; } .conforms { color: var(--good); }
.violates, .errored, .unstable { color: var(--bad); }
.figures { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 0.5rem; }
.figures li { background: var(--back); border-radius: 0.4rem; padding: 0.6rem 0.8rem; color: var(--dim); font-size: 0.9rem; }
.figures strong { display: block; font-size: 1.15rem; color: CanvasText; }
details { border-top: 1px solid var(--line); padding: 0.4rem 0; } details[open] { padding-bottom: 1rem; }
summary { cursor: pointer; } .title { color: var(--dim); display: block; margin-left: 1.2rem; }
.verdict { font-size: 0.8rem; font-weight: 600; border: 1px solid; border-radius: 1rem; padding: 0 0.5rem; margin-right: 0.5rem; }
.source, .gist { color: var(--dim); font-size: 0.9rem; margin: 0.2rem 0; }
.formula { overflow-x: auto; padding: 0.3rem 0; }
.erratum { border-left: 3px solid var(--bad); padding-left: 0.8rem; }
.property { margin: 0.8rem 0 0 1.2rem; } .property p { margin: 0; }
code, pre, dd { font-family: ui-monospace, monospace; font-size: 0.9rem; }
pre { background: var(--back); padding: 0.5rem; white-space: pre-wrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.1rem 1rem; margin: 0.5rem 0; } dt { color: var(--dim); } dd { margin: 0; }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; } dd { margin-left: 1rem; } }
@media print { details { break-inside: avoid; } pre { border: 1px solid; } }
`
