import { createSocket } from 'node:dgram'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { whyNoBubblewrap } from '../adapters/sandbox/bubblewrap.ts'
import { root } from '../base/root.ts'
import { touchstoneBeside } from '../fixtures/command-line.ts'
import type { Report } from '../suite/model.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-sandbox-test-'))
const [own, outside, empty] = ['own', 'outside', 'empty'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
]
for (const one of [own, outside, empty]) mkdirSync(one)
writeFileSync(join(outside, 'secret'), 'secret')

let [connections, datagrams] = [0, 0]
const receiver = createSocket('udp4', () => datagrams++)
const server = createServer((socket) => {
  connections++
  socket.end('HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n')
})

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => receiver.bind(port, '127.0.0.1', resolve))
  writeFileSync(join(own, 'prying.json'), JSON.stringify({ outside, port }))
  copyFileSync(join(root, 'conformance/fixtures/prying.js'), join(own, 'prying.mjs'))
})

afterAll(() => {
  server.close()
  receiver.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What came of each attempt, and of the property that it answers rightly. */
async function pried(implementation: string, ...more: readonly string[]) {
  connections = datagrams = 0
  for (const place of [own, outside]) rmSync(join(place, 'written'), { force: true })
  rmSync(join(tmpdir(), 'prying-tmp'), { force: true })
  const report = join(folder, `report-${more.length}-${implementation.length}`)
  const words = ['run', '-i', implementation, '-c', 'cnn.flatten', '-n', '4', '-r', report, ...more]
  const env = { PRYING_KEY: 'key', ...(more.includes('-j') && { PATH: empty }) }
  const { status, stderr, stdout } = await touchstoneBeside(words, { cwd: own, env })
  expect([0, 1], stderr).toContain(status)
  const { environment, clauses } = JSON.parse(
    readFileSync(join(report, 'report.json'), 'utf8'),
  ) as Report
  const properties = clauses.flatMap((clause) => clause.properties)
  const left = [join(own, 'written'), join(outside, 'written'), join(tmpdir(), 'prying-tmp')]
  const outcomes = Object.entries(environment.versions).filter(([name]) => / |s$/.test(name))
  return {
    device: environment.device,
    done: outcomes.filter(([, outcome]) => outcome === 'done').map(([name]) => name),
    refused: outcomes.filter(([, outcome]) => outcome !== 'done').map(([name]) => name),
    exact: properties.find(({ id }) => id === 'cnn.flatten/exact')?.verdict.outcome,
    left: left.filter((path) => existsSync(path)),
    stdout,
  }
}

const allowed = ['reads its folder', 'writes a temporary file']
const refused = [
  'reads outside',
  'has another program read',
  'writes outside',
  'writes into its folder',
]
const others = ['connects', 'fetches', 'sees a key']

describe.skipIf(process.platform === 'win32')(
  'an implementation that reads, writes and connects where it should not (not on Windows: /bin/cat)',
  () => {
    it('can without --sandbox', async () => {
      const { done, left, exact } = await pried('./prying.mjs')
      expect(done).toEqual(expect.arrayContaining([...allowed, ...refused, ...others]))
      expect([left.length, connections, exact]).toEqual([3, 2, 'conforms'])
      expect(datagrams).toBeGreaterThan(0)
    })
    it.skipIf(whyNoBubblewrap() !== null).each(['./prying.mjs', 'node prying.mjs'])(
      'cannot in a sandbox of bubblewrap, and is judged as ever: %s (not without bwrap)',
      async (implementation) => {
        const found = await pried(implementation, '--sandbox')
        expect(found.refused).toEqual(expect.arrayContaining([...refused, ...others]))
        expect(found.done).toEqual(expect.arrayContaining(allowed))
        expect([found.left, connections, datagrams, found.exact]).toEqual([[], 0, 0, 'conforms'])
        expect(found.device).toContain('confined by bubblewrap')
        expect(found.stdout).toContain('confined by bubblewrap')
      },
    )
    it('cannot under the permissions of Node, where there is no bubblewrap', async () => {
      const found = await pried('./prying.mjs', '--sandbox', '-j', '1')
      expect(found.refused).toEqual(expect.arrayContaining([...refused, ...others]))
      expect(found.done).toEqual(expect.arrayContaining(allowed))
      expect([found.left, connections, datagrams, found.exact]).toEqual([[], 0, 0, 'conforms'])
      expect(found.device).toContain("confined by Node's permission model")
    })
  },
)
