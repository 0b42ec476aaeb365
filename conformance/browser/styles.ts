/** What the page has beside the styles of the site. */
export const pageStyles = `
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 0.7rem 1rem; margin: 1rem 0 0.6rem; }
.fields label { display: grid; gap: 0.2rem; align-content: end; font-size: 0.9rem; color: var(--dim); min-width: 0; } .fields .wide { grid-column: 1 / -1; }
input, select, button { font: inherit; color: var(--text); background: var(--page); border: 1px solid var(--dim); border-radius: 0.3rem; padding: 0.4rem 0.6rem; min-width: 0; width: 100%; }
button { width: auto; min-height: 2.6rem; padding-inline: 1.1rem; cursor: pointer; } button[type=submit] { font-weight: 600; border-color: var(--link); color: var(--link); }
:disabled { opacity: 0.6; cursor: default; } :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.status { border: 1px solid var(--line); border-radius: 0.4rem; padding: 0.6rem 0.9rem; margin: 1rem 0; background: var(--back); scroll-margin-bottom: 11rem; }
.status button { background: var(--page); } progress { width: 100%; height: 0.9rem; accent-color: var(--link); }
.buttons { display: flex; flex-wrap: wrap; gap: 0.6rem; }
ul.clauses { list-style: none; padding: 0; } .clauses li { display: flex; gap: 0.6rem; align-items: baseline; margin: 0.3rem 0; } .clauses .chip { flex: none; }
.standing { font-variant-numeric: tabular-nums; font-size: 0.9rem; min-height: 2.7em; }
iframe { width: 100%; height: 80vh; border: 1px solid var(--line); border-radius: 0.4rem; background: var(--page); }
`
