import { readFileSync } from 'node:fs'
import { relative, sep } from 'node:path'
import type { Plugin } from 'esbuild'
import { root } from '../base/root.ts'
import type { Place } from '../cite/citations.ts'
import { excerptOf } from '../cite/excerpt.ts'
import { isMostlyText, packed } from '../cite/packed.ts'

/** The file of a bundle that reads what is put into it here. */
const reader = 'conformance/cite/excerpt.browser.ts'

/**
 * Puts the code that is cited into a bundle. What is mostly text comes behind the module that it is part of: both
 * have the same texts, and what compresses a page finds again only what is near. All other code comes together, whose
 * types and comments are like each other and unlike the code that is run.
 */
export function withExcerpts(cited: ReadonlyMap<string, Place>): Plugin {
  const byFile = new Map<string, (readonly [number: number, place: Place])[]>()
  const rest: string[] = []
  for (const [i, place] of [...cited.values()].entries()) {
    if (!isMostlyText(place)) rest.push(excerptOf(place))
    else byFile.set(place.path, [...(byFile.get(place.path) ?? []), [i, place]])
  }
  const left = new Set([reader, ...byFile.keys()])
  return {
    name: 'with excerpts',
    setup({ onLoad, onEnd }) {
      onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
        const file = relative(root, path).split(sep).join('/')
        if (!left.delete(file)) return undefined
        const texts = (byFile.get(file) ?? []).map(
          ([i, place]) => `texts[${i}] = ${written([excerptOf(place)])}`,
        )
        const keep = file === reader ? [`rest = ${written(rest)}`] : texts
        const contents = [
          readFileSync(path, 'utf8'),
          ...keep.map((each) => `touchstoneExcerpts.${each}`),
        ].join('\n;')
        return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' }
      })
      onEnd(({ errors }) => {
        if (errors.length > 0 || left.size === 0) return
        throw new Error(`cited, but no part of the page: ${[...left].join(', ')}`)
      })
    },
  }
}

const written = (pieces: readonly string[]) => JSON.stringify(packed(pieces))
