import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { afterAll, describe, expect, it } from 'vitest'
import { touchstoneBeside } from '../fixtures/command-line.ts'

/** An implementation whose every text is an attack: markup, links, escapes of terminals, commands of a workflow. */
const source = `
  const nasty = 'no <script>alert(1)</script> [x](javascript:alert(2)) \\u202eturned'
    + ' \\u001b[31m\\u001b]0;title\\u0007 ##[error]fake ]]>\\r\\n::error file=x,line=1::fake\\n'
  const flood = nasty + '<b>|' + '\\x60<'.repeat(500_000)
  const fail = () => { throw new Error(flood) }
  const narrow = ({ parameters: { kernel } }) => kernel[0] === kernel[1] || flood
  export default (called) => ({
    name: called + nasty + flood, version: flood, device: flood, precision: 'float32', profile: { name: 'ieee' },
    operations: { 'cnn.conv2d': fail, 'cnn.maxPool': () => ({ y: { dtype: flood, shape: [1], data: new Float32Array(1) } }) },
    supports: { 'cnn.maxPool': narrow },
    unchecked: { 'cnn.conv2d': flood },
    unsupported: { 'cnn.averagePool': flood },
  })
`

const folder = mkdtempSync(join(tmpdir(), 'touchstone-hostile-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const put = (name: string, text: string) => writeFileSync(join(folder, name), text)
put('source.js', source)
put('one.js', `import made from './source.js'\nexport default made('one')`)
put('two.js', `import made from './source.js'\nexport default made('two')`)
put('throws.js', `throw new Error('\\u001b[31m\\n::error::' + 'x'.repeat(1e6))`)
put(
  'stranger.js',
  `export default { name: 'x', precision: 'float32', profile: {}, operations: { 'a\\u001b[31m': 1 } }`,
)

const typed = (...words: readonly string[]) =>
  touchstoneBeside(words, { cwd: folder, env: { GITHUB_ACTIONS: 'true' } })
const written = (name: string) => readFileSync(join(folder, name), 'utf8')

/** What would move a cursor, or turn the direction of text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not come through
const raw = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/

/** The lines of a log that GitHub would follow. */
const commandsIn = (log: string) =>
  log.split(/\r?\n/).filter((line) => /^\s*::/.test(line) || line.includes('##['))

const markup = /<script|<b>|href="javascript|<img/

/** Markdown as GitHub reads it, with all markup that is in it let through. */
const rendered = (text: string) =>
  micromark(text, {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
  })

const clauses = ['-c', 'cnn.conv2d.linearity', '-c', 'cnn.pool.max-vs-avg', '-n', '2']
const forms = ['junit', 'markdown', 'sarif', 'badge'].flatMap((form) => [`--${form}`, form])
const checked = await typed('run', '-i', './one.js', ...clauses, ...forms, '-r', 'one')
await typed('run', '-i', './two.js', ...clauses, '-r', 'two')
const site = await typed('site', 'one', 'two', '-r', 'site', '--markdown', 'both')

describe('text from an implementation', () => {
  const capsule = join('one/capsules', readdirSync(join(folder, 'one/capsules'))[0]!)

  it.each([
    ['run', () => checked],
    ['site', () => site],
    ['compare', () => typed('compare', 'one/report.json', 'one/report.json')],
    ['compare of strangers', () => typed('compare', 'one/report.json', 'two/report.json')],
    ['show', () => typed('show', 'cnn.conv2d', 'cnn.maxPool', 'cnn.averagePool', '-i', './one.js')],
    ['replay', () => typed('replay', capsule, '-i', './one.js')],
    ['smoke', () => typed('smoke', '-i', './one.js')],
    ['try', () => typed('try', 'cnn.maxPool', '-i', './one.js', '-n', '1', '-r', 'tried')],
    [
      'hunt',
      () => typed('hunt', '-i', './one.js', '-c', 'cnn.conv2d.linearity', '-t', '1', '-r', 'h'),
    ],
    ['cite', () => typed('cite', 'cnn.conv2d.linearity', '-r', 'one/report.json')],
    ['run of a module that throws', () => typed('run', '-i', './throws.js')],
    ['run of a module of unknown operations', () => typed('run', '-i', './stranger.js')],
  ])('is text on the terminal, and not much of it: %s', async (_, ended) => {
    const { stdout, stderr } = await ended()
    const log = stdout + stderr
    expect(log).not.toBe('')
    expect(log).not.toMatch(raw)
    expect(commandsIn(log)).toEqual([])
    expect(log.length).toBeLessThan(50_000)
    expect(log.split('\n').filter((line) => line.length > 2100)).toEqual([])
  })

  it('is no command among the annotations, which are the only ones', async () => {
    const { stdout } = await typed('site', 'one', '-r', 'annotated', '--annotations')
    const commands = commandsIn(stdout)
    expect(commands.length).toBeGreaterThan(0)
    for (const command of commands) {
      expect(command).toMatch(/^::(error|warning) (file=[^:,]*,line=\d+,)?title=one[^:]*::/)
    }
    expect(stdout).not.toMatch(raw)
    expect(stdout.length).toBeLessThan(100_000)
  })

  it('is text on every page', () => {
    const pages = readdirSync(join(folder, 'site'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.html'))
      .map((path) => [path, written(join('site', path))] as const)
    const about = pages.filter(([, html]) => html.includes('alert(1)'))
    expect(about.length).toBeGreaterThan(6)
    for (const [path, html] of about) {
      expect(html, path).not.toMatch(/<script>alert|<b>\||href="javascript/)
      expect(raw.test(html), path).toBe(false)
      expect(html.length, path).toBeLessThan(600_000)
    }
  })

  it('takes a line or two for a problem in the list of many runs', () => {
    const links = [...written('site/index.html').matchAll(/<a [^>]*>(cnn\.[^<]*)<\/a>/g)]
    const long = links.map(([, text]) => text!).filter((text) => text.includes('alert(1)'))
    expect(long.length).toBeGreaterThan(0)
    for (const text of long) expect(text.replaceAll('&lt;', '<').length).toBeLessThan(300)
  })

  it.each(['markdown', 'both'])('is text in %s that fits into a comment', (name) => {
    const text = written(name)
    expect(text.length).toBeLessThan(65_536)
    expect(text).not.toMatch(raw)
    const html = rendered(text)
    expect(html).toContain('alert(1)')
    expect(html).not.toMatch(markup)
  })

  it('is text in JUnit, whose only elements are its own', () => {
    const xml = written('junit')
    expect(xml).not.toMatch(raw)
    const elements = new Set([...xml.matchAll(/<[/?]?(\w*)/g)].map(([, name]) => name))
    const own = ['testsuites', 'testsuite', 'properties', 'property', 'testcase']
    const allowed = ['xml', ...own, 'failure', 'error', 'skipped']
    expect([...elements].filter((name) => !allowed.includes(name!))).toEqual([])
    expect(xml).toContain('&lt;script&gt;alert(1)')
    expect(xml).not.toMatch(/&(?!(?:amp|lt|gt|quot|apos);)/)
    expect(xml.length).toBeLessThan(500_000)
  })

  const textOf = (result: { message: { text: string } }) => result.message.text

  it('is text in SARIF and no part of a badge', () => {
    const [{ results, automationDetails }] = JSON.parse(written('sarif')).runs
    const texts = [automationDetails.id, ...results.map(textOf)]
    expect(texts.length).toBeGreaterThan(1)
    for (const text of texts) expect(text).not.toMatch(raw)
    expect(written('sarif').length).toBeLessThan(100_000)
    expect(JSON.parse(written('badge'))).toMatchObject({
      message: expect.stringMatching(/^0 of \d clauses/),
    })
    expect(written('badge').length).toBeLessThan(200)
  })

  it.each(['markdown', 'latex', 'bibtex'])('is text in a citation as %s', async (format) => {
    const words = ['cite', 'cnn.conv2d.linearity', '-r', 'one/report.json', '-f', format]
    const { stdout, status } = await typed(...words)
    expect(status).toBe(0)
    expect(stdout).not.toMatch(raw)
    if (format === 'markdown') expect(rendered(stdout)).not.toMatch(markup)
    expect(stdout.length).toBeLessThan(50_000)
  })
})
