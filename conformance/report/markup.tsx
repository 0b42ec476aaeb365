import type { ComponentChildren } from 'preact'
import temml from 'temml'
import type { Outcome } from '../engine/verdict.ts'
import { piecesOf } from './formula-pieces.ts'

const typeset = new Map<string, string>()

/** LaTeX as MathML, which browsers typeset without scripts. */
export function Formula({ latex, block = false }: { latex: string; block?: boolean }) {
  const __html = block
    ? piecesOf(latex)
        .map((piece) => mathOf(piece, true))
        .join(' ')
    : mathOf(latex, false)
  const props = { dangerouslySetInnerHTML: { __html } }
  if (!block) return <span {...props} />
  return <section class="formula" tabindex={0} aria-label="formula" {...props} />
}

function mathOf(latex: string, displayMode: boolean): string {
  const key = `${displayMode}${latex}`
  const html = typeset.get(key) ?? temml.renderToString(latex, { displayMode, throwOnError: false })
  typeset.set(key, html)
  return html
}

/** Text of the specification with formulas between dollar signs and code between backticks. */
export function Prose({ text }: { text: string }) {
  return (
    <>
      {text.split(/(\$[^$]+\$|`[^`]+`)/).map((part) => {
        if (part.startsWith('$') && part.length > 2) return <Formula latex={part.slice(1, -1)} />
        if (part.startsWith('`') && part.length > 2) return <code>{part.slice(1, -1)}</code>
        return part
      })}
    </>
  )
}

/** A list of terms and what they are. */
export function Terms({
  rows,
  kind = '',
}: {
  rows: readonly (readonly [ComponentChildren, ComponentChildren])[]
  kind?: string
}) {
  return (
    <dl class={kind}>
      {rows.map(([term, description]) => (
        <>
          <dt>{term}</dt>
          <dd>{description}</dd>
        </>
      ))}
    </dl>
  )
}

/** A verdict in its colour, and always in words. */
export function Chip({ outcome, href }: { outcome: Outcome; href?: string }) {
  return href === undefined ? (
    <span class={`chip ${outcome}`}>{outcome}</span>
  ) : (
    <a class={`chip ${outcome}`} href={href}>
      {outcome}
    </a>
  )
}

/** What may be wider than the page, and is then moved by keyboard as well. */
export function Scroll({ children }: { children: ComponentChildren }) {
  return (
    <section class="scroll" tabindex={0}>
      {children}
    </section>
  )
}
