import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { launch } from '../adapters/process/launch.ts'
import { pythonEnvironment, pythonWithNumpy } from '../adapters/python/find.ts'
import { mapValues } from '../base/records.ts'
import { type EvaluateParams, problemWith, type Request, type Response } from './messages.ts'
import { fromSent } from './tensor.ts'

type Turn = { harness: Request | Request[] } | { implementation: Response | Response[] }

const file = fileURLToPath(new URL('conversation.jsonl', import.meta.url))
const turns = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Turn)
const said = turns.flatMap((turn) => ('harness' in turn ? [turn.harness] : []))
const answered = turns.flatMap((turn) => ('implementation' in turn ? [turn.implementation] : []))
const introduction = (answered[0] as { result: unknown }).result
const local = (path: string) => fileURLToPath(new URL(path, import.meta.url))

describe('the recorded conversation', () => {
  it('is made of messages that the schema allows', () => {
    for (const message of said) {
      const definition = Array.isArray(message) ? 'requests' : 'request'
      expect(problemWith(definition, message)).toBeNull()
    }
    for (const response of answered.flat()) {
      expect(problemWith('response', response)).toBeNull()
      if ('error' in response || response.result === null) continue
      const definition = response.id === 0 ? 'initializeResult' : 'evaluateResult'
      expect(problemWith(definition, response.result)).toBeNull()
    }
  })

  it('is what the harness says and understands', async () => {
    // A program that compares what it is told with the record, and answers from it.
    const actor = [process.execPath, local('../fixtures/actor.js'), file]
    const implementation = await launch(actor)
    const convolve = implementation.operations['cnn.conv2d']!
    const outcomes: unknown[] = []
    for (const message of said.slice(1, -1)) {
      const asked = [message].flat().map(async (request) => {
        const { inputs, parameters } = (request as { params: EvaluateParams }).params
        const { y } = await convolve(
          mapValues(inputs, (array) => fromSent(array!)),
          parameters,
        )
        return Array.from(y!.data)
      })
      for (const { status, ...rest } of await Promise.allSettled(asked)) {
        outcomes.push(
          status === 'fulfilled' ? Object.values(rest)[0] : String(Object.values(rest)[0]),
        )
      }
    }
    await implementation.close!()
    expect(outcomes).toEqual([
      [1, 2],
      [2.5, Infinity, -3.5],
      [4, 2, 2, 1],
      'Error: filters have 3 channels, x has 2',
    ])
  })

  it('is what a program in JavaScript answers', async () => {
    await replayTo([process.execPath, local('../fixtures/unruly.js'), 'none', '0', '64'])
  })

  const python = pythonWithNumpy()
  const skeleton = local('../adapters/skeletons/python/implementation.py')
  it.skipIf(python === null)('is what the helper for Python answers (needs NumPy)', async () => {
    await replayTo([python!, skeleton], pythonEnvironment())
  })
})

/** Says the harness's part to a program and compares its answers with the record. */
async function replayTo(words: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  const [program, ...rest] = words
  const child = spawn(program!, rest, { env, stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  for (const [i, message] of said.entries()) {
    child.stdin.write(`${JSON.stringify(message)}\n`)
    const line = await lines.next()
    const responses = [JSON.parse(String(line.value))].flat() as Response[]
    const expected = [answered[i]!].flat()
    expect(responses.map(comparable)).toEqual(expected.map(comparable))
  }
  child.stdin.end()
  const code = await new Promise((resolve) => child.on('exit', resolve))
  expect(code).toBe(0)
}

/** A response without what each implementation says in its own words. */
function comparable(response: Response) {
  if ('error' in response) return { id: response.id, code: response.error.code }
  if (response.id !== 0) return response
  expect(problemWith('initializeResult', response.result)).toBeNull()
  const { operations, precision } = response.result as typeof introduction & Record<string, unknown>
  return { id: 0, operations, precision }
}
