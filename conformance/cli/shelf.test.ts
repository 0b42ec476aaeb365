import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { shelfIn } from './shelf.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-shelf-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('a shelf has what was written under a name, and of many shelves the newest are left', () => {
  const cache = join(folder, 'cache')
  for (let i = 0; i < 12; i++) {
    const place = join(cache, `worked-out-${i}`)
    const shelf = shelfIn(place)
    expect(shelf.read('a name')).toBeNull()
    shelf.write('a name', `text ${i}`)
    shelf.write('another name', 'another text')
    expect(shelf.read('a name')).toBe(`text ${i}`)
    utimesSync(place, i, i)
  }
  expect(readdirSync(cache).toSorted()).toEqual(
    [10, 11, 4, 5, 6, 7, 8, 9].map((i) => `worked-out-${i}`),
  )
})

it('a shelf that cannot be written to keeps nothing', () => {
  writeFileSync(join(folder, 'no-folder'), '')
  const shelf = shelfIn(join(folder, 'no-folder', 'worked-out-0'))
  shelf.write('a name', 'a text')
  expect(shelf.read('a name')).toBeNull()
})
