import { describe, expect, it } from 'vitest'
import { forgeOf } from './forge.ts'

const place = { path: 'spec/cnn/pad.ts', first: 5, last: 9 }
const lines = (address: string) => forgeOf(address)?.lines(place, 'abc')

describe('a repository on the web', () => {
  it.each([
    'https://github.com/some-one/stone.js',
    'https://github.com/some-one/stone.js.git',
    'git+https://github.com/some-one/stone.js.git',
    'https://name:secret@GitHub.com/some-one/stone.js.git/',
    'ssh://git@github.com:22/some-one/stone.js.git',
    'git+ssh://git@github.com/some-one/stone.js',
    'git://github.com/some-one/stone.js.git',
    'git@github.com:some-one/stone.js.git',
    'github:some-one/stone.js',
    'some-one/stone.js',
  ])('is found by %s', (address) => {
    expect(forgeOf(address)?.home).toBe('https://github.com/some-one/stone.js')
  })

  // The forms are those that the buttons for a permanent link of each of them give.
  it.each([
    ['https://github.com/a/b', 'https://github.com/a/b/blob/abc/spec/cnn/pad.ts#L5-L9'],
    ['https://gitlab.com/a/b/c.git', 'https://gitlab.com/a/b/c/-/blob/abc/spec/cnn/pad.ts#L5-9'],
    [
      'git@gitlab.eth.example:a/b',
      'https://gitlab.eth.example/a/b/-/blob/abc/spec/cnn/pad.ts#L5-9',
    ],
    ['bitbucket:a/b', 'https://bitbucket.org/a/b/src/abc/spec/cnn/pad.ts#lines-5:9'],
    ['https://codeberg.org/a/b', 'https://codeberg.org/a/b/src/commit/abc/spec/cnn/pad.ts#L5-L9'],
    ['https://git.sr.ht/~a/b', 'https://git.sr.ht/~a/b/tree/abc/item/spec/cnn/pad.ts#L5-9'],
  ])('at %s has lines at a commit', (address, link) => {
    expect(lines(address)).toBe(link)
  })

  it('has a single line, and a commit', () => {
    const forge = forgeOf('a/b')!
    expect(forge.lines({ ...place, last: 5 }, 'abc')).toMatch(/pad\.ts#L5$/)
    expect(forge.commit('abc')).toBe('https://github.com/a/b/commit/abc')
  })

  it.each([
    '',
    '/home/someone/stone.git',
    '../stone',
    'file:///srv/stone.git',
    'C:\\stone',
    'https://example.org/a/b',
    'https://notgithub.com/a/b',
    'https://github.com/',
  ])('is none that we know the links of: %j', (address) => {
    expect(forgeOf(address)).toBeNull()
  })
})
