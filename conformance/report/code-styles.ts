/** The styles of code: two columns, wider than the text, where there is room for them, else one below the other. */
export const codeStyles = `
.listing { overflow: auto; background: var(--back); border-radius: 0.3rem; margin: 0.3rem 0; } .listing .code { overflow: visible; margin: 0; background: none; max-width: none; width: max-content; min-width: 100%; }
.code { display: grid; grid-template-columns: max-content 1fr; gap: 0 0.8rem; padding: 0.6rem 0; font-size: 0.8rem; tab-size: 2; overflow-wrap: normal; }
.code .at { position: sticky; left: 0; padding: 0 0.3rem 0 0.6rem; text-align: right; color: var(--dim); background: var(--back); user-select: none; }
.code code { font-size: inherit; padding-right: 0.8rem; } .code i { font-style: normal; }
.code .c { color: var(--dim); } .code .k { color: light-dark(#7a2f9e, #d0a8f5); } .code .s { color: light-dark(#126b2f, #8fd6a8); }
.code .n { color: light-dark(#8a4b00, #efb878); } .code .t { color: light-dark(#0f5c85, #7fc4ea); } .code .f { color: light-dark(#1b4fa0, #9ab9f5); }
.sides { display: grid; gap: 0.4rem 1.2rem; } .sides figure { margin: 0; min-width: 0; } .sides figcaption { font-size: 0.92rem; }
.code .at b { font-weight: inherit; scroll-margin-top: 3rem; } .code .at b:target { color: var(--page); background: var(--link); }
.calls { font-size: 0.92rem; margin: 0.2rem 0 0; }
.place { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 0.82rem; }
@media (min-width: 64rem) {
  .sides { grid-template-columns: 1fr 1fr; --wide: min(94vw, 88rem); width: var(--wide); margin-left: calc(50% - var(--wide) / 2); }
}
@media print { .sides { display: block; }  .code .at { position: static; } .code code { white-space: pre-wrap; } }
`
