import { describe, expect, it } from 'vitest'
import { operationById } from '../../spec/index.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import { mapValues } from '../base/records.ts'
import type { Inputs, Outputs } from '../engine/implementation.ts'
import { reportOn, right, spoilt } from '../fixtures/sample-reports.ts'
import { firstAid } from './first-aid.ts'
import { swapped, turned } from './layout.ts'
import { smokeOperation } from './smoke.ts'

type Spoil = (answer: Outputs, inputs: Inputs) => Outputs

/** What smoke says of a gradient that is the right one, spoilt, or the right one to other inputs. */
async function saidOf(id: string, spoil: Spoil, misread = (inputs: Inputs) => inputs) {
  const evaluate = right.operations[id]!
  const wrong = spoilt({
    [id]: async (inputs, parameters) => spoil(await evaluate(misread(inputs), parameters), inputs),
  })
  const { blame, problem } = await smokeOperation(operationById(id)!, wrong)
  return `${blame}: ${problem}`
}

const scaled = (tensor: Tensor, factor: number): Tensor => ({
  ...tensor,
  data: Float32Array.from(tensor.data, (value) => value * factor),
})
const all = (factorOf: (inputs: Inputs) => number) => (answer: Outputs, inputs: Inputs) =>
  mapValues(answer, (tensor) => scaled(tensor, factorOf(inputs)))
const withOnes =
  (name: string, value: number) =>
  (inputs: Inputs): Inputs => ({
    ...inputs,
    [name]: { ...inputs[name]!, data: inputs[name]!.data.slice().fill(value) },
  })
const asItIs: Spoil = (answer) => answer

describe('smoke says of a gradient', () => {
  it.each([
    ['that it has the opposite sign', 'efficient.pointwiseGradient', -1, /the negative one/],
    ['that it is of a square without ½', 'training.quadraticGradient', 2, /twice ours/],
    ['that it is of a half', 'cnn.activationGradient', 0.5, /half of ours/],
  ] as const)('%s', async (_, id, factor, says) => {
    const said = await saidOf(
      id,
      all(() => factor),
    )
    expect(said).toMatch(says)
    expect(said).toMatch(/^convention/)
  })

  it('that it is of a mean over the samples', async () => {
    const said = await saidOf(
      'bptt.lossGradient',
      all(({ x }) => 1 / x!.shape[1]!),
    )
    expect(said).toMatch(
      /convention: its gradient is ours divided by N, the number of .*, as of a mean/,
    )
  })

  it('that only what samples share is of a mean', async () => {
    const said = await saidOf('cnn.conv2dFilterGradient', ({ dFilters }, { x }) => ({
      dFilters: scaled(dFilters!, x!.shape[0]!),
    }))
    expect(said).toMatch(/ours times N, the number of/)
    const shared = await saidOf('bptt.lossGradient', ({ dx, dH0, ...others }, { x }) => ({
      ...{ dx: dx!, dH0: dH0! },
      ...mapValues(others, (tensor) => scaled(tensor, 1 / x!.shape[1]!)),
    }))
    expect(shared).toMatch(/divided by N, the number of .*, in dU, dW, db, dV, dc as of a mean/)
  })

  it('that what arrives is taken for 1, or not looked at', async () => {
    const said = await saidOf('efficient.pointwiseGradient', asItIs, withOnes('dy', 1))
    expect(said).toMatch(/^adapter: its gradient is that for dy of 1 everywhere/)
    const without = await saidOf('rnn.forwardGradient', asItIs, withOnes('dLast', 0))
    expect(without).toMatch(/^adapter: its gradient is that for dLast of 0/)
  })

  it('that derivatives come in the place of each other, or transposed', async () => {
    const said = await saidOf('bptt.lossGradient', ({ db, dH0, dU, dW, ...others }) => ({
      ...{ ...others, db: db!, dH0: dH0!, dU: dW!, dW: dU! },
    }))
    expect(said).toMatch(/dU and dW come in each other's place/)
    const columns = await saidOf('bptt.lossGradient', ({ dU, dW, dV, ...others }) => ({
      ...others,
      ...mapValues({ dU: dU!, dW: dW!, dV: dV! }, (tensor) => turned(tensor, swapped(2, 0, 1))),
    }))
    expect(columns).toMatch(/dU and dW and dV come transposed/)
  })

  it('that steps come in the order of the way back', async () => {
    const said = await saidOf('bptt.lossGradient', ({ dx, ...others }) => {
      const size = dx!.data.length / dx!.shape[0]!
      const steps = Array.from({ length: dx!.shape[0]! }, (_, t) => [
        ...dx!.data.slice(t * size, (t + 1) * size),
      ])
      return { ...others, dx: { ...dx!, data: Float32Array.from(steps.reverse().flat()) } }
    })
    expect(said).toMatch(/dx comes with the last step first/)
  })

  it('nothing that does not explain all answers', async () => {
    const said = await saidOf('efficient.pointwiseGradient', ({ dx, ...others }) => ({
      ...others,
      dx: scaled(dx!, 3),
    }))
    expect(said).toMatch(/^implementation: dx, element/)
  })
})

it('first aid says what a gradient is of', async () => {
  const id = 'cnn.conv2dFilterGradient'
  const evaluate = right.operations[id]!
  const descending = spoilt({
    [id]: async (inputs, parameters) => all(() => -1)(await evaluate(inputs, parameters), inputs),
  })
  const report = await reportOn(descending, ['cnn.backprop.filter-gradient'])
  expect(await firstAid(report, descending)).toMatchObject([
    { operation: id, says: expect.stringContaining('its gradient is the negative one') },
  ])
})
