import { execFileSync, spawn } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { root } from '../../conformance/base/root.ts'
import type { CheckOptions } from '../../conformance/engine/candidate.ts'
import { casesOf } from '../../conformance/engine/cases.ts'
import { checkProperty } from '../../conformance/engine/check.ts'
import type { Evaluate, Implementation } from '../../conformance/engine/implementation.ts'
import type { Property } from '../../conformance/engine/property.ts'
import { properties } from '../../conformance/properties/index.ts'
import { referencesById } from '../../reference/index.ts'
import type { References } from '../../reference/reference.ts'

export function propertyNamed(id: string): Property {
  const property = properties.find((candidate) => candidate.id === id)
  if (property === undefined) throw new Error(`there is no property ${id}`)
  return property
}

/** The machine and the versions that figures belong to. */
export function machine(): string {
  const [first] = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${first?.model.trim()}, ${cpus().length} cores, ${memory} GiB, Node ${process.version}, ${process.platform}`
}

/** Seconds that a number of cases of a property take; throws unless all conform. */
export async function secondsFor(
  property: Property,
  implementation: Implementation,
  runs: number,
  seed: number,
  reference: References = referencesById,
): Promise<number> {
  const options: CheckOptions = { runs, seed, deadline: null, kept: [], shrink: false }
  const started = performance.now()
  const { verdict } = await checkProperty(property, implementation, reference, options)
  if (verdict.outcome !== 'conforms') throw new Error(`${property.id}: ${verdict.outcome}`)
  return (performance.now() - started) / 1000
}

/** The share of the time that is neither the reference's nor the implementation's. */
export async function ownShare(property: Property, implementation: Implementation, runs: number) {
  let others = 0
  const timed =
    <A extends unknown[], R>(inner: (...args: A) => R) =>
    (...args: A): R => {
      const started = performance.now()
      const result = inner(...args)
      others += performance.now() - started
      return result
    }
  const all = Object.entries(implementation.operations)
  const operations = Object.fromEntries(
    all.map(([id, evaluate]) => [id, timed(evaluate) as Evaluate]),
  )
  const timedReferences = Object.fromEntries(
    Object.entries(referencesById).map(([id, reference]) => [id, timed(reference as never)]),
  ) as unknown as References
  const seconds = await secondsFor(
    property,
    { ...implementation, operations },
    runs,
    1,
    timedReferences,
  )
  return 1 - others / 1000 / seconds
}

/** Seconds from the start of the command to its end. */
export function secondsOf(...words: readonly string[]): number {
  const started = performance.now()
  execFileSync(process.execPath, [join(root, 'conformance/cli/touchstone.js'), ...words], {
    stdio: 'ignore',
  })
  return (performance.now() - started) / 1000
}

/** Seconds from the start of a run to the verdict on its first property, or a little more. */
export function secondsToVerdict(...words: readonly string[]): Promise<number> {
  const started = performance.now()
  const program = join(root, 'conformance/cli/touchstone.js')
  const child = spawn(process.execPath, [program, ...words])
  let seconds = Number.NaN
  const look = (text: Buffer) => {
    if (Number.isNaN(seconds) && text.includes('conform')) {
      seconds = (performance.now() - started) / 1000
    }
  }
  child.stdout.on('data', look)
  child.stderr.on('data', look)
  return new Promise((resolve) => child.on('close', () => resolve(seconds)))
}

/** Seconds from a change of a file to the end of the run that `watch` makes of it, several times. */
export async function secondsToRunAgain(file: string, times: number, ...words: readonly string[]) {
  const program = join(root, 'conformance/cli/touchstone.js')
  const child = spawn(process.execPath, [program, 'watch', '-i', file, ...words])
  const waits = () =>
    new Promise<void>((resolve) => {
      let text = ''
      const look = (chunk: Buffer) => {
        text += chunk
        if (!text.includes('waiting for a change')) return
        child.stdout.off('data', look)
        resolve()
      }
      child.stdout.on('data', look)
    })
  await waits()
  const seconds: number[] = []
  for (let i = 0; i < times; i++) {
    // Who edits takes longer than what waits for it needs to begin.
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const started = performance.now()
    appendFileSync(file, `// ${i}\n`)
    await waits()
    seconds.push((performance.now() - started) / 1000)
  }
  child.kill()
  return seconds
}

/** How many products the sums of a case of the convolution have, on average. */
export function productsPerCase(property: Property, runs: number): number {
  const cases = casesOf(property, referencesById, 1)
  let products = 0
  for (let i = 0; i < runs; i++) {
    const { N, Ho, Wo, Q, Hf, Wf, K } = cases.next().value.on('float32').testCase.sizes
    products += N! * Ho! * Wo! * Q! * Hf! * Wf! * K!
  }
  return products / runs
}

/** Bytes of memory that are kept for each case, by the slope over several runs of a property. */
export async function bytesPerCase(
  property: Property,
  implementation: Implementation,
  runs: number,
) {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const used = () => {
    collect()
    const { heapUsed, external, arrayBuffers } = process.memoryUsage()
    return heapUsed + external + arrayBuffers
  }
  await secondsFor(property, implementation, Math.ceil(runs / 4), 0)
  const before = used()
  await secondsFor(property, implementation, runs, 1)
  const slope = (used() - before) / runs
  return { slope, resident: process.memoryUsage().rss }
}

/** The middle of some numbers. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!
}
