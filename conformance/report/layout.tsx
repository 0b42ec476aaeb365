import type { ComponentChildren } from 'preact'
import { render } from 'preact-render-to-string'
import { codeStyles } from './code-styles.ts'
import { styles } from './styles.ts'

/** The mark by which a page of this project is known again. */
export const generator = '<meta name="generator" content="touchstone"/>'

const links = [
  ['index.html', 'Overview'],
  ['errata.html', 'Errata'],
  ['notes.html', 'Notes'],
  ['notation.html', 'Notation'],
  ['faults.html', 'Faults'],
  ['findings.html', 'Findings'],
  ['experiments.html', 'Experiments'],
] as const

/**
 * A page that needs nothing else: no scripts, no styles beside it, no network. What implementations
 * sent is text for Preact, which escapes it; markup comes from the specification alone.
 */
export function page(
  { title, up = '', single = true }: Readonly<{ title: string; up?: string; single?: boolean }>,
  children: ComponentChildren,
): string {
  const html = render(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="touchstone" />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: styles + codeStyles }} />
      </head>
      <body>
        <nav>
          <b>Touchstone</b>
          {single && links.map(([path, name]) => <a href={up + path}>{name}</a>)}
        </nav>
        <main>{children}</main>
      </body>
    </html>,
  )
  return `<!doctype html>\n${html}\n`
}

/** The file of the page of a clause, from the front page. */
export function clausePath(id: string): string {
  return `clauses/${id}.html`
}
