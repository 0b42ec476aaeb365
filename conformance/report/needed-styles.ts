import { codeStyles } from './code-styles.ts'
import { styles } from './styles.ts'

/** A rule of a style sheet: for what it is, in words of CSS, and what it says, or which rules it holds. */
interface Rule {
  readonly head: string
  readonly body: string | readonly Rule[]
}

/** The classes that one of the ways to be meant by a rule takes. */
const classes = (selector: string) =>
  [...selector.matchAll(/\.([a-z][\w-]*)/gi)].map((it) => it[1]!)

const sheet = rulesIn(styles + codeStyles)

/** The part of the style sheet that is about what a page has: a site has hundreds of pages, each with its own. */
export function neededStyles(html: string): string {
  const used = new Set<string>(later)
  for (const [, names] of html.matchAll(/ class="([^"]*)"/g)) {
    for (const name of names!.split(' ')) used.add(name)
  }
  const key = [...used].sort().join(' ')
  const css = known.get(key) ?? written(sheet, used)
  known.set(key, css)
  return css
}

const known = new Map<string, string>()

/** What is put into a page after it is made. */
const later = ['warn']

function written(rules: readonly Rule[], used: ReadonlySet<string>): string {
  return rules
    .map(({ head, body }) => {
      if (typeof body !== 'string') {
        const inner = written(body, used)
        return inner === '' ? '' : `${head}{${inner}}`
      }
      const isNeeded = waysIn(head).some((way) => classes(way).every((name) => used.has(name)))
      return isNeeded ? `${head}{${body}}` : ''
    })
    .join('')
}

/** The selectors of a rule, without what one of them excludes or has a choice of. */
function waysIn(head: string): readonly string[] {
  return head.replace(/:[a-z-]+\([^()]*\)/g, '').split(',')
}

/** The rules of a style sheet, without comments, which it has none of. */
function rulesIn(css: string): readonly Rule[] {
  const rules: Rule[] = []
  let from = 0
  for (let open = css.indexOf('{'); open >= 0; open = css.indexOf('{', from)) {
    const close = closing(css, open)
    const head = tight(css.slice(from, open))
    const inside = css.slice(open + 1, close)
    rules.push({ head, body: head.startsWith('@') ? rulesIn(inside) : tight(inside) })
    from = close + 1
  }
  return rules
}

function closing(css: string, open: number): number {
  let depth = 0
  for (let at = open; at < css.length; at++) {
    if (css[at] === '{') depth++
    if (css[at] === '}' && --depth === 0) return at
  }
  throw new Error('a rule of the style sheet does not end')
}

/** Without the white space that says nothing. */
function tight(css: string): string {
  return css
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[:,;] /g, (sign) => sign.trim())
    .replace(/;$/, '')
}
