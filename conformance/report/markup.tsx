import type { ComponentChildren } from 'preact'
import temml from 'temml'

/** LaTeX as MathML, which browsers typeset without scripts. */
export function Formula({ latex, block = false }: { latex: string; block?: boolean }) {
  const __html = temml.renderToString(latex, { displayMode: block, throwOnError: false })
  const props = { dangerouslySetInnerHTML: { __html } }
  return block ? <div class="formula" {...props} /> : <span {...props} />
}

/** Text with formulas between dollar signs and code between backticks. */
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
export function Terms({ rows }: { rows: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl>
      {rows.map(([term, description]) => (
        <>
          <dt>{term}</dt>
          <dd>{description}</dd>
        </>
      ))}
    </dl>
  )
}
