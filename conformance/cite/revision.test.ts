import { describe, expect, it } from 'vitest'
import * as touchstone from '../base/touchstone.ts'
import { permalink, revision, revisionFrom, revisionInWords } from './revision.ts'

const place = { path: 'spec/cnn/pad.ts', line: 5, first: 5, last: 9 }
const checkout = { commit: 'abc', changed: ['impl/cnn/pad.ts'], remote: 'git@gitlab.com:a/b.git' }

describe('a permanent link', () => {
  it('is to where package.json says the sources are, else to the remote', () => {
    const own = revisionFrom(checkout, 'github:c/d')
    expect(permalink(place, own)).toBe('https://github.com/c/d/blob/abc/spec/cnn/pad.ts#L5-L9')
    expect(permalink(place, revisionFrom(checkout, null))).toBe(
      'https://gitlab.com/a/b/-/blob/abc/spec/cnn/pad.ts#L5-9',
    )
  })

  it('is none for lines that no commit has, without a repository, or in an installed package', () => {
    const changed = { ...place, path: 'impl/cnn/pad.ts' }
    expect(permalink(changed, revisionFrom(checkout, null))).toBeNull()
    expect(permalink(place, revisionFrom({ ...checkout, remote: null }, null))).toBeNull()
    expect(permalink(place, revisionFrom({ ...checkout, remote: '/srv/a' }, null))).toBeNull()
    expect(permalink(place, revisionFrom(null, 'github:c/d'))).toBeNull()
  })
})

describe('the revision', () => {
  it('of a package that is installed is its version', () => {
    expect(revisionInWords(revisionFrom(null))).toBe(`version ${touchstone.version}`)
    expect(revisionInWords(revisionFrom(checkout))).toBe('commit abc')
  })

  it('of these sources is a commit, unless they came without git', () => {
    const { commit, changed } = revision()
    expect(commit ?? '0'.repeat(40)).toMatch(/^[0-9a-f]{40}$/)
    for (const path of changed) expect(path).toMatch(/^(spec|reference|impl|conformance)\//)
  })
})
