import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { whyNoBubblewrap } from '../adapters/sandbox/bubblewrap.ts'
import { allowedInSandbox, placeToPry, refusedInSandbox } from '../fixtures/pried.ts'

let place: Awaited<ReturnType<typeof placeToPry>>
beforeAll(async () => {
  place = await placeToPry()
})
afterAll(() => place.leave())

const sorted = (names: readonly string[]) => names.toSorted()

describe.skipIf(process.platform === 'win32')(
  'an implementation that reads, writes and connects where it should not (not on Windows: /bin/cat)',
  () => {
    it('can without --sandbox', async () => {
      const found = await place.pry(['-i', './prying.mjs'])
      expect(sorted(found.done)).toEqual(sorted([...allowedInSandbox, ...refusedInSandbox]))
      expect([found.left.length, found.connections, found.verdict]).toEqual([3, 2, 'conforms'])
      expect(found.datagrams).toBeGreaterThan(0)
    })

    const nothing = { left: [], connections: 0, datagrams: 0, verdict: 'conforms' }

    it.skipIf(whyNoBubblewrap() !== null).each(['./prying.mjs', 'node prying.mjs'])(
      'cannot in a sandbox of bubblewrap, and is judged as ever: %s (not without bwrap)',
      async (implementation) => {
        const found = await place.pry(['-i', implementation, '--sandbox'])
        expect(sorted(found.refused)).toEqual(sorted(refusedInSandbox))
        expect(sorted(found.done)).toEqual(sorted(allowedInSandbox))
        expect(found).toMatchObject(nothing)
        expect(found.device).toContain('confined by bubblewrap')
        expect(found.stdout).toContain('confined by bubblewrap')
      },
    )

    it('cannot under the permissions of Node, where there is no bubblewrap', async () => {
      const found = await place.pry(['-i', './prying.mjs', '--sandbox'], place.empty)
      expect(sorted(found.refused)).toEqual(sorted(refusedInSandbox))
      expect(sorted(found.done)).toEqual(sorted(allowedInSandbox))
      expect(found).toMatchObject(nothing)
      expect(found.device).toContain("confined by Node's permission model")
    })
  },
)
