import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The lines at which a docstring says nothing: a field without text, no purpose, or no text at all. */
function openLines(text: string): readonly number[] {
  const open = /^ *\/\*\* *\*\/$|(?<=^ *\/\*\*\n) *\*$|^ *\* (?:[A-Z][a-z]+|Fast by):? *$/gm
  return [...text.matchAll(open)].map(({ index }) => text.slice(0, index).split('\n').length)
}

it('no docstring leaves open what it should say', () => {
  const open = ['spec', 'reference', 'impl'].flatMap((tree) =>
    readdirSync(join(root, tree), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) =>
        openLines(readFileSync(join(root, tree, file), 'utf8')).map(
          (line) => `${tree}/${file.replaceAll('\\', '/')}:${line}`,
        ),
      ),
  )
  expect(open).toEqual([])
})

it('a docstring that leaves something open is shown by its line', () => {
  expect(openLines('/**\n *\n * Formula    y = x\n * Source\n * Fast by\n */\n/** */\n')).toEqual([
    2, 4, 5, 7,
  ])
  expect(openLines('/**\n * Sum.\n *\n * Formula    y = x\n */\n')).toEqual([])
})
