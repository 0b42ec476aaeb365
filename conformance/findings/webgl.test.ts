import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../base/root.ts'
import { emulated, noBrowser, openBrowser } from '../fixtures/chromium.ts'
import { findings } from './index.ts'

const library = 'TensorFlow.js on webgl'

/** The package as it comes, for a page. */
async function script(): Promise<string> {
  const contents = `import * as tf from '@tensorflow/tfjs'; globalThis.tf = tf`
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    logLevel: 'error',
  })
  return outputFiles[0]!.text
}

describe.skipIf(noBrowser)(`${library}${noBrowser ? ` (skipped: ${noBrowser})` : ''}`, () => {
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    browser = await openBrowser(emulated)
    page = await browser.newPage()
    await page.addScriptTag({ content: await script() })
    // Small operations would otherwise run on the processor.
    await page.evaluate(`tf.env().set('WEBGL_CPU_FORWARD', false); tf.setBackend('webgl')`)
    expect(await page.evaluate('tf.getBackend()')).toBe('webgl')
  })
  afterAll(() => browser?.close())

  const own = findings.filter((finding) => finding.library === library)
  test.each(own)('$call', async ({ call, version, expected, actual }) => {
    expect(await page.evaluate('tf.version_core')).toBe(version)
    const asked = `(async () => JSON.stringify([...await (${call}).data()]))()
      .catch(({ message }) => 'throws: ' + message)`
    expect(expected).not.toBe(actual)
    expect(await page.evaluate(asked)).toBe(actual)
  })

  test('what its findings ask is right where it is asked of the processor', async () => {
    await page.evaluate(`tf.setBackend('cpu')`)
    const seen = await Promise.all(
      own.map(({ call }) =>
        page.evaluate(`${call}.data().then((data) => JSON.stringify([...data]))`),
      ),
    )
    expect(seen).toEqual(own.map(({ expected }) => expected))
  })
})
