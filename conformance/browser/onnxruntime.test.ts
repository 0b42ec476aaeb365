/// <reference lib="dom" />
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emulated, noBrowser, openBrowser } from '../fixtures/chromium.ts'
import type { Report } from '../suite/model.ts'
import { readReports } from '../suite/read.ts'
import { pageHtml } from './build.ts'
import { findRuntimeWeb, SETUP_ONNXRUNTIME_WEB } from './onnxruntime.ts'
import { type Settings, toHash, usual } from './settings.ts'

const absent =
  noBrowser ?? (findRuntimeWeb() === undefined ? `not set up: ${SETUP_ONNXRUNTIME_WEB}` : null)

describe.skipIf(absent)(`ONNX Runtime in a page${absent ? ` (skipped: ${absent})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-onnxruntime-'))
  const file = join(folder, 'page.html')
  const outside: string[] = []
  let browser: Browser

  beforeAll(async () => {
    writeFileSync(file, await pageHtml({ onnxruntime: true }))
    browser = await openBrowser([...emulated, '--enable-features=WebMachineLearningNeuralNetwork'])
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function started(asked: Partial<Settings>): Promise<Page> {
    const page = await browser.newPage()
    // However slow the machine is.
    page.setDefaultTimeout(0)
    page.on('request', (request) => {
      if (!/^(file|blob|data):/.test(request.url())) outside.push(request.url())
    })
    await page.goto(pathToFileURL(file).href + toHash({ ...usual, ...asked }))
    await page.getByRole('button', { name: 'Start' }).click()
    return page
  }

  async function reportOf(asked: Partial<Settings>): Promise<Report> {
    const page = await started(asked)
    await page.getByText(/^Done: /).waitFor()
    const link = page.getByRole('link', { name: 'report.json' })
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    const [report] = readReports(readFileSync(await download.path(), 'utf8'))
    await page.close()
    expect(outside).toEqual([])
    return report!
  }
  const verdictsOf = ({ clauses }: Report, id: string) =>
    clauses.find((clause) => clause.id === id)!.properties.map(({ verdict }) => verdict.outcome)

  it('conforms on WebAssembly where it does, and not where it is known to be wrong', async () => {
    const asked = { subject: 'onnxruntime:wasm', clauses: 'cnn.flatten,cnn.pool.max', runs: 4 }
    const report = await reportOf(asked)
    const { implementation, device } = report.environment
    expect(implementation.name).toBe('onnxruntime:wasm')
    expect(device).toContain('WebAssembly')
    expect(new Set(verdictsOf(report, 'cnn.flatten'))).toEqual(new Set(['conforms', 'unsupported']))
    // A pixel that is NaN becomes the least finite number.
    expect(verdictsOf(report, 'cnn.pool.max')).toContain('violates')
  })

  it('computes on WebGPU, and says on which', async () => {
    const asked = { subject: 'onnxruntime:webgpu', clauses: 'cnn.flatten', runs: 1 }
    const report = await reportOf(asked)
    expect(report.environment.device).toMatch(/webgpu, .*swiftshader/i)
    expect(new Set(verdictsOf(report, 'cnn.flatten'))).toEqual(new Set(['conforms', 'unsupported']))
  })

  it('is offered on WebNN where the browser has it, and says so where the system has not', async () => {
    const page = await started({ subject: 'onnxruntime:webnn', clauses: 'cnn.flatten', runs: 1 })
    const options = await page.locator('select option').allTextContents()
    expect(options).toContain('ONNX Runtime on WebNN')
    const done = page.getByText(/^Done: /)
    const failed = page.getByText(/WebNN is not supported on this platform/)
    await done.or(failed).waitFor()
    await page.close()
  })
})
