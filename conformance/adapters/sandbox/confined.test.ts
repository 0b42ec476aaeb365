import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { loadImplementation } from '../load.ts'
import { inBubblewrap } from './bubblewrap.ts'
import { isWithin, readableForCommand, readableForModule } from './readable.ts'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'touchstone-confined-')))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(() => vi.unstubAllEnvs())

const [mine, project, elsewhere, none] = ['project/mine', 'project', 'elsewhere', 'none'].map(
  (name) => join(folder, name),
) as [string, string, string, string]
for (const one of [mine, join(project, 'node_modules'), join(elsewhere, 'bin'), none]) {
  mkdirSync(one, { recursive: true })
}
const module = join(mine, 'mine.ts')
writeFileSync(module, `import { x } from '../../elsewhere/x.ts'; export default x`)
writeFileSync(join(elsewhere, 'x.ts'), `export const x = 1`)
symlinkSync(process.execPath, join(elsewhere, 'bin/mine'))

const refused = async (specifier: string) => {
  const error = await loadImplementation(specifier, { sandbox: true }).catch((thrown) => thrown)
  return [error.message, ...error.advice].join('\n')
}

describe('what a confined implementation may read', () => {
  it('is the folder of a module, the packages that it finds from there, and this program', () => {
    const readable = readableForModule(module)
    expect(readable.slice(0, 2)).toEqual([mine, join(project, 'node_modules')])
    expect(readable.some((one) => isWithin(import.meta.dirname, one))).toBe(true)
    expect(readable.some((one) => isWithin(join(elsewhere, 'x.ts'), one))).toBe(false)
  })

  it('is the folders of the files that a command names, and where its program is installed', () => {
    vi.stubEnv('PATH', join(elsewhere, 'bin'))
    const readable = readableForCommand(['mine', '--fast', module])
    expect(readable.slice(0, 2)).toEqual([mine, elsewhere])
    expect(readable.some((one) => isWithin(process.execPath, one))).toBe(true)
  })

  it('is never the home of the user, or what holds it', () => {
    for (const home of [mine, join(mine, 'me')]) {
      mkdirSync(home, { recursive: true })
      vi.stubEnv('HOME', home)
      vi.stubEnv('USERPROFILE', home)
      expect(() => readableForModule(module)).toThrow(/cannot be confined to its folder/)
    }
  })
})

describe('a sandbox', () => {
  it('keeps all variables of the environment away but a few', () => {
    vi.stubEnv('MY_KEY', 'secret')
    const words = inBubblewrap(['true'], [])
    expect(words).toContain('--clearenv')
    expect(words.join(' ')).not.toMatch(/MY_KEY|secret/)
  })

  it('is refused where nothing confines a command, or what it is for is not of the user', async () => {
    vi.stubEnv('PATH', none)
    const said = await refused(`${process.execPath} ${module}`)
    expect(said).toMatch(/bubblewrap \(bwrap\) is not installed\ninstall it/)
    expect(await refused('tfjs:cpu')).toContain('tfjs:cpu is no implementation of yours')
  })

  it('of Node takes no file from elsewhere into a module', async () => {
    vi.stubEnv('PATH', none)
    const said = await refused(module)
    expect(said).toContain(`${join(elsewhere, 'x.ts')} may not be read`)
  })
})
