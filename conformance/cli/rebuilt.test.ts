import { execFile } from 'node:child_process'
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { root } from '../base/root.ts'
import type { Report } from '../suite/model.ts'
import type { FromJob } from './jobs/messages.ts'
import { Worker } from './jobs/worker.ts'

/** A copy of what is built, which can be taken away. */
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'touchstone-rebuilt-')))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
for (const name of ['spec', 'reference', 'impl', 'conformance', 'node_modules']) {
  symlinkSync(join(root, name), join(folder, name), 'junction')
}
cpSync(join(root, 'package.json'), join(folder, 'package.json'))
cpSync(join(root, 'dist'), join(folder, 'dist'), {
  recursive: true,
  filter: (file) => !file.endsWith('.map'),
})
writeFileSync(
  join(folder, 'start.js'),
  `import { main } from './dist/touchstone.js'; await main(process.argv)`,
)
// Wrong everywhere, so that the end has much to look into; and the first question takes the program away.
writeFileSync(
  join(folder, 'takes-away.ts'),
  `import { rmSync } from 'node:fs'
  export default {
    name: 'takes away', version: '1', precision: 'float32', device: 'here', profile: { name: 'ieee' },
    operations: {
      'cnn.flatten': ({ x }) => {
        if (process.env.TAKES_AWAY) rmSync('dist', { recursive: true, force: true })
        const [N, ...sizes] = x.shape
        return { y: { ...x, shape: [N, sizes.reduce((a, b) => a * b, 1)], data: x.data.map((v) => v + 1) } }
      },
    },
  }`,
)

/** What a run leaves, but for times. */
function left(report: string, env: NodeJS.ProcessEnv): Promise<unknown> {
  const words = ['run', '-i', './takes-away.ts', '-c', 'cnn.flatten', '-n', '16', '-r', report]
  const options = { cwd: folder, env: { ...process.env, ...env } }
  return new Promise((resolve) => {
    execFile(process.execPath, ['start.js', ...words], options, (error, _, err) => {
      const read = (file: string) => readFileSync(join(folder, report, file), 'utf8')
      const { clauses, firstAid } = JSON.parse(read('report.json'), (key, value) =>
        ['seconds', 'replay'].includes(key) ? undefined : value,
      ) as Report
      const page = read('clauses/cnn.flatten.html')
      resolve({
        code: error?.code ?? 0,
        err,
        clauses,
        firstAid,
        showsCode: page.includes('impl/cnn/flatten.ts'),
      })
    })
  })
}

it('a run whose program is taken away while it goes on leaves the whole report', async () => {
  const whole = await left('whole', {})
  expect(whole).toMatchObject({ code: 1, err: '', showsCode: true })
  expect(await left('without', { TAKES_AWAY: '1' })).toEqual(whole)
})

it('a process that is started after another build takes no part in the run', async () => {
  const told = await new Promise<FromJob>((resolve) => {
    const onMessage = (message: FromJob) => worker.end().then(() => resolve(message))
    const worker = new Worker({ onMessage, onEnd: () => {} })
    const choice = { implementation: [], device: ['cpu'], precision: 'float32' } as const
    const rest = { clauses: [], runs: 1, seed: 0, deadline: null, kept: {}, kills: [], endsAt: [] }
    worker.tell({ kind: 'open', build: 'of other sources', choice, ...rest })
  })
  expect(told).toEqual({ kind: 'not opened', reason: 'touchstone was built again meanwhile' })
})
