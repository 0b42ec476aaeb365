import type { ComponentChildren } from 'preact'
import { render } from 'preact-render-to-string'
import { filterDigest } from './filter-digest.ts'
import { filterScript } from './filter-script.ts'
import { neededStyles } from './needed-styles.ts'

/** The mark by which a page of this project is known again. */
export const generator = '<meta name="generator" content="touchstone"/>'

const links = [
  ['index.html', 'Overview'],
  ['errata.html', 'Errata'],
  ['notes.html', 'Notes'],
  ['notation.html', 'Notation'],
  ['coverage.html', 'Coverage'],
  ['faults.html', 'Faults'],
  ['findings.html', 'Findings'],
  ['experiments.html', 'Experiments'],
] as const

/**
 * A page that needs nothing else: no styles beside it, no network, and no scripts to be read. What
 * implementations sent is text for Preact, which escapes it; markup comes from the specification alone, and a
 * policy keeps browsers from running anything but the script that filters clauses, where a page has them.
 */
export function page(
  {
    title,
    up = '',
    single = true,
    filters = false,
  }: Readonly<{ title: string; up?: string; single?: boolean; filters?: boolean }>,
  children: ComponentChildren,
): string {
  const body = render(
    <body>
      <nav aria-label="Pages">
        <b>Touchstone</b>
        {single && links.map(([path, name]) => <a href={up + path}>{name}</a>)}
      </nav>
      <main>{children}</main>
      {filters && <script dangerouslySetInnerHTML={{ __html: filterScript }} />}
    </body>,
  )
  const head = render(
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content={policyOf(filters)} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="generator" content="touchstone" />
      <title>{title}</title>
      <style dangerouslySetInnerHTML={{ __html: neededStyles(body) }} />
    </head>,
  )
  return `<!doctype html>\n<html lang="en">${head}${body}</html>\n`
}

/** Nothing is loaded; styles are in the page, and pictures in the addresses of images. */
function policyOf(filters: boolean): string {
  const scripts = filters ? `'${filterDigest}'` : "'none'"
  return `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src ${scripts}; base-uri 'none'; form-action 'none'`
}

/** The file of the page of a clause, from the front page. */
export function clausePath(id: string): string {
  return `clauses/${id}.html`
}

/** The file of the page of a source such as `impl/layers/convolution.ts`, from the front page. */
export function codePath(path: string): string {
  return `code/${path.replace(/\.ts$/, '').replaceAll('/', '.')}.html`
}
