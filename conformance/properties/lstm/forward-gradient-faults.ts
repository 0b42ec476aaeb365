import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { forwardGradient as reference } from '../../../reference/lstm/forward.ts'
import { cells } from '../../../reference/lstm/forward-cells.ts'
import { forwardGradient } from '../../../spec/lstm/forward.ts'
import { changed, joined, part, permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf, type Question } from '../../kit/faults.ts'

type Numbers = NumberArray<number>
type Asked = Question<typeof forwardGradient>
type Output = keyof (typeof forwardGradient)['outputs']

const wrong = faultsOf(forwardGradient, reference)

/** Σ_t Σ_n δ[t, n, gate, k] a[t, n, j] over some of the steps, in the order in which they are done. */
function overTime(
  { delta }: Readonly<Record<'delta', Numbers>>,
  array: Numbers,
  { parameters: { direction } }: Asked,
  counts: (done: number) => boolean = () => true,
): Numbers {
  const [T, N, G, H] = delta.shape as [number, number, number, number]
  return build([G, H, array.shape[2]!], (gate, k, j) => {
    let sum = 0
    for (let t = 0; t < T; t++) {
      if (!counts(direction === 'forward' ? t : T - 1 - t)) continue
      for (let n = 0; n < N; n++) sum += delta.at(t, n, gate, k) * array.at(t, n, j)
    }
    return sum
  })
}

export const lastStepOnly = wrong.outputs(
  'gives the gradient by W of the last step, without a sum over time',
  (right, asked) => {
    const { before } = cells(number, asked.inputs, asked.parameters)
    const { T } = asked.sizes
    return { dW: overTime(right, before, asked, (done) => done === T! - 1) }
  },
)

export const ownState = wrong.outputs(
  'multiplies by the state of a step in place of the one before it',
  (right, asked) => ({ dW: overTime(right, right.h, asked) }),
)

export const peepsAtTheWrongCell = wrong.outputs(
  'takes the cell before for the gradient by the peephole of the output gate',
  (right, asked) => {
    const { cellBefore } = cells(number, asked.inputs, asked.parameters)
    const sums = overTime(right, cellBefore, asked)
    return { dP: build(right.dP.shape, (p, k) => (p === 2 ? sums.at(3, k, k) : right.dP.at(p, k))) }
  },
)

export const transposesGradient = wrong.outputs(
  'gives the gradients by W transposed',
  ({ dW }) => ({ dW: permuted(dW, (gate, i, j) => [gate, j, i]) }),
)

export const untransposed = wrong.outputs(
  'multiplies by W on the way back to the first state in place of its transpose',
  ({ delta, dH0 }, { inputs: { W, padded }, parameters: { direction }, sizes: { T } }) => {
    const first = direction === 'forward' ? 0 : T! - 1
    return {
      dH0: build(dH0.shape, (n, j) => {
        if (padded.at(first, n) === 1) return dH0.at(n, j)
        let sum = 0
        for (let gate = 0; gate < 4; gate++)
          for (let k = 0; k < dH0.shape[1]!; k++)
            sum += W.at(gate, j, k) * delta.at(first, n, gate, k)
        return sum
      }),
    }
  },
)

export const gradientsInOrderOfOnnx = wrong.outputs(
  'gives the gradients by the biases in the order i o f g',
  ({ db }) => ({ db: permuted(db, (gate, k) => [[0, 3, 1, 2][gate]!, k]) }),
)

const without = (input: 'dh' | 'dc' | 'dLast' | 'dLastCell', what: string) =>
  wrong.inputs(`forgets the ${what}`, (inputs) => ({ [input]: zeros(inputs[input].shape) }))

export const forgetsStates = without('dh', 'gradients of the states')
export const forgetsCells = without('dc', 'gradients of the cells')
export const forgetsLast = without('dLast', 'gradient of the last state')
export const forgetsLastCell = without('dLastCell', 'gradient of the last cell')

export const averagesSequences = wrong.outputs(
  'averages over the sequences of a batch',
  ({ dU, dW, db }, { sizes: { N } }) => {
    const mean = (d: Numbers) => changed(d, (v) => v / N!)
    return { dU: mean(dU), dW: mean(dW), db: mean(db) }
  },
)

export const gradientIgnoresPadding = wrong.inputs('takes padding for inputs', ({ padded }) => ({
  padded: zeros(padded.shape),
}))

export const gradientForwards = wrong.parameters(
  'begins with the first step in reverse, too',
  () => ({
    direction: 'forward',
  }),
)

export const gradientUncoupled = wrong.parameters('takes coupled gates for two', () => ({
  coupled: false,
}))

export const noPeepholeGradient = wrong.outputs('gives none by the peepholes', ({ dP }) => ({
  dP: zeros(dP.shape),
}))

interface Carried {
  readonly back: Numbers
  readonly backCell: Numbers
}

/**
 * The way back, step by step, each as a sequence of its own from what the one after it carries on.
 */
function chained(
  { inputs, parameters, sizes, right }: Asked,
  carry: (carried: Carried, done: number) => Carried,
) {
  const { T } = sizes as { readonly T: number }
  const { before, cellBefore } = cells(number, inputs, parameters)
  const own = (array: Numbers, t: number) => part(array, array.shape.with(0, 1), [t])
  const stateAt = (array: Numbers, t: number) => part(array, [1, ...array.shape.slice(1)], [t])
  const flat = (array: Numbers) => build(array.shape.slice(1), (...at) => array.at(0, ...at))
  const answers: ReturnType<typeof right>[] = []
  let carried: Carried = { back: inputs.dLast, backCell: inputs.dLastCell }
  for (let undone = 0; undone < T; undone++) {
    const t = parameters.direction === 'forward' ? T - 1 - undone : undone
    const answer = right(
      {
        ...inputs,
        x: own(inputs.x, t),
        padded: own(inputs.padded, t),
        dh: own(inputs.dh, t),
        dc: own(inputs.dc, t),
        h0: flat(stateAt(before, t)),
        c0: flat(stateAt(cellBefore, t)),
        dLast: carried.back,
        dLastCell: carried.backCell,
      },
      parameters,
    )
    carried = carry({ back: answer.dH0, backCell: answer.dC0 }, T - 1 - undone)
    const per = (array: Numbers) => build([1, ...array.shape], (_, ...at) => array.at(...at))
    answers[t] = { ...answer, back: per(carried.back), backCell: per(carried.backCell) }
  }
  const along = (name: Output) => joined(0, ...answers.map((answer) => answer[name]))
  const added = (name: Output) =>
    build(answers[0]![name].shape, (...at) =>
      answers.reduce((sum, answer) => sum + answer[name].at(...at), 0),
    )
  return {
    dx: along('dx'),
    dU: added('dU'),
    dW: added('dW'),
    db: added('db'),
    dP: added('dP'),
    dH0: carried.back,
    dC0: carried.backCell,
    h: along('h'),
    c: along('c'),
    delta: along('delta'),
    back: along('back'),
    backCell: along('backCell'),
  }
}

const none = (array: Numbers) => zeros(array.shape)

export const cellsOnly = wrong.answer('lets nothing back but through the cells', (asked) =>
  chained(asked, ({ back, backCell }) => ({ back: none(back), backCell })),
)

export const statesOnly = wrong.answer('lets nothing back through the cells', (asked) =>
  chained(asked, ({ back, backCell }) => ({ back, backCell: none(backCell) })),
)

const slips = (what: keyof Carried) =>
  wrong.answer(`is off by 2e-4 in ${what} of the first unit in the middle`, (asked) =>
    chained(asked, (carried, done) => {
      if (done !== Math.floor(asked.sizes.T! / 2) || done === 0) return carried
      const off = changed(carried[what], (v, at) => (at === 0 ? v * (1 + 2e-4) : v))
      return { ...carried, [what]: off }
    }),
  )

export const backSlips = slips('back')
export const backCellSlips = slips('backCell')

export const stateOfGradientSlips = wrong.outputs(
  'returns cells that are off by 2e-4 after the middle step',
  ({ c }, { sizes: { T } }) => ({
    c: build(c.shape, (t, n, k) =>
      t === Math.floor(T! / 2) ? c.at(t, n, k) * (1 + 2e-4) : c.at(t, n, k),
    ),
  }),
)

export const uninterrupted = wrong.outputs(
  'E-42 taken at its word: gives the first cell what arrives at the last one',
  (_, { inputs: { dLastCell } }) => ({ dC0: dLastCell }),
)
