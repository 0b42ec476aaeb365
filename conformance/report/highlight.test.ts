import jsTokens from 'js-tokens'
import { describe, expect, it } from 'vitest'
import { citations } from '../cite/citations.ts'
import { excerptOf } from '../cite/excerpt.ts'
import { highlighted } from './highlight.ts'

const textOf = (html: string) =>
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

describe('highlighted code', () => {
  it('tells words of the language, names, types, numbers and text apart', () => {
    expect(highlighted("const two: Scalar = add(1, 'a<b')")).toBe(
      '<i class="k">const</i> two: <i class="t">Scalar</i> = <i class="f">add</i>(<i class="n">1</i>, <i class="s">\'a&lt;b\'</i>)',
    )
  })

  it('takes words of the language for names where they are', () => {
    const marked = (code: string, letter: string) =>
      [...highlighted(code).matchAll(new RegExp(`<i class="${letter}">(.*?)</i>`, 'g'))].map(
        ([, text]) => text,
      )
    expect(marked('for (const x of [1]) type = of(x.default, from)', 'k')).toEqual([
      'for',
      'const',
      'of',
    ])
    expect(marked('let n: number = string as Map', 't')).toEqual(['number', 'Map'])
    expect(marked('new Map<string, Hf>() / Math.max(Hf) / 2', 't')).toEqual(['Map', 'string'])
    expect(marked(`\`a \${b ? /x/ : 2} c\` / d / e`, 's')).toEqual(['`a ${', '/x/', '} c`'])
  })

  it('is the same text, whatever stands in it', () => {
    const nasty = ['/* </pre><script> */ &amp; `$a` 𝑥 ’', 'not ( even [ TypeScript <b>', '\n\n', '']
    const written = Object.values(citations().operations)
      .flatMap(({ reference, impl }) => [reference, impl])
      .map((place) => excerptOf(place!))
    for (const code of written) {
      expect([...jsTokens(code)].find(({ type }) => type === 'Invalid')).toBeUndefined()
    }
    for (const code of [...nasty, ...written]) {
      const html = highlighted(code)
      expect(textOf(html)).toBe(code)
      expect(html.replace(/<i class="[a-z]">|<\/i>/g, '')).not.toMatch(/[<>]/)
    }
  })
})
