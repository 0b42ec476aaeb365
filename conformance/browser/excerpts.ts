import { readFileSync } from 'node:fs'
import { relative, sep } from 'node:path'
import type { Plugin } from 'esbuild'
import { root } from '../base/root.ts'
import type { Place } from '../cite/citations.ts'
import { excerptOf } from '../cite/excerpt.ts'

/**
 * Puts code that is cited behind the module that it is part of: both have the same texts, and what compresses a
 * page finds again only what is near.
 */
export function withExcerpts(places: readonly Place[]): Plugin {
  const byFile = new Map<string, Place[]>()
  for (const place of places) byFile.set(place.path, [...(byFile.get(place.path) ?? []), place])
  const left = new Set(byFile.keys())
  return {
    name: 'with excerpts',
    setup({ onLoad, onEnd }) {
      onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
        const file = relative(root, path).split(sep).join('/')
        const cited = byFile.get(file)
        if (cited === undefined) return undefined
        left.delete(file)
        const keep = cited.map((place) => {
          const key = `${file}:${place.first}-${place.last}`
          return `touchstoneExcerpts[${JSON.stringify(key)}] = ${JSON.stringify(excerptOf(place))}`
        })
        const loader = path.endsWith('x') ? 'tsx' : 'ts'
        return { contents: [readFileSync(path, 'utf8'), ...keep].join('\n;'), loader }
      })
      onEnd(({ errors }) => {
        if (errors.length > 0 || left.size === 0) return
        throw new Error(`cited, but no part of the page: ${[...left].join(', ')}`)
      })
    },
  }
}
