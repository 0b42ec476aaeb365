import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { network as reference } from '../../../reference/rnn/network.ts'
import { network } from '../../../spec/rnn/network.ts'
import { changed, permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrong = faultsOf(network, reference)

export const recurrentForOutput = wrong.inputs(
  'E-35 taken at its word: makes scores with W where V is as large',
  ({ V, W }, { sizes: { H, O } }) => ({ V: H === O ? W : V }),
)

export const outputForRecurrent = wrong.inputs(
  'goes from state to state with V where W is as large',
  ({ V, W }, { sizes: { H, O } }) => ({ W: H === O ? V : W }),
)

/** Each score's exponential, as a share of those that `among` says it belongs to. */
const shares = (
  o: NumberArray<number>,
  among: (at: readonly number[]) => readonly (readonly number[])[],
) =>
  build(o.shape, (...at) => {
    const sum = among(at).reduce((all, other) => all + Math.exp(o.at(...other) - o.at(...at)), 0)
    return 1 / sum
  })

export const sharesOverTime = wrong.outputs(
  'takes shares over the steps of a class',
  ({ o }, { sizes: { T } }) => ({
    y: shares(o, ([, n, k]) => Array.from({ length: T! }, (_, t) => [t, n!, k!])),
  }),
)

export const sigmoids = wrong.outputs('takes a sigmoid of each score', ({ o }) => ({
  y: changed(o, (v) => 1 / (1 + Math.exp(-v))),
}))

export const softmaxWithoutBias = wrong.outputs(
  'takes the softmax before the biases are added',
  (_, { inputs, parameters, right }) => ({
    y: right({ ...inputs, c: zeros(inputs.c.shape) }, parameters).y,
  }),
)

export const biasOfFirstClass = wrong.inputs(
  'adds the bias of the first class to all',
  ({ c }) => ({
    c: permuted(c, () => [0]),
  }),
)

export const noBiasOfClasses = wrong.inputs('leaves the biases of the classes out', ({ c }) => ({
  c: zeros(c.shape),
}))

export const scoresAsInputs = wrong.answer(
  'adds the first score of a step to the input of the next one',
  ({ inputs, parameters, right, sizes }) => {
    const T = sizes.T!
    const first = right(inputs, parameters)
    if (parameters.direction !== 'forward') return first
    let x = inputs.x
    for (let t = 1; t < T; t++) {
      const { o } = right({ ...inputs, x }, parameters)
      const given = x
      x = build(x.shape, (s, n, j) => given.at(s, n, j) + (s === t ? o.at(t - 1, n, 0) : 0))
    }
    return right({ ...inputs, x }, parameters)
  },
)

export const stateSeesOutputs = wrong.outputs(
  'adds the biases of the classes to the states, where there are as many',
  ({ h }, { inputs: { c }, sizes: { H, O } }) => ({
    h: H === O ? build(h.shape, (t, n, i) => h.at(t, n, i) + c.at(i)) : h,
  }),
)

export const lastStepForAll = wrong.outputs(
  'gives the scores of the last step at every one',
  ({ o }, { sizes: { T } }) => ({ o: build(o.shape, (_t, n, k) => o.at(T! - 1, n, k)) }),
)

export const transposesQuietly = wrong.accepts(
  'takes weights of whatever shape, and gives zeros',
  ({ x, W, V }) => {
    const [T, N] = [x!.shape[0] ?? 1, x!.shape[1] ?? 1]
    const [H, O] = [W!.shape[0] ?? 1, V!.shape[0] ?? 1]
    const none = (...shape: readonly number[]) =>
      tensor(shape, new Array<number>(shape.reduce((all, size) => all * size, 1)).fill(0))
    return { h: none(T, N, H), o: none(T, N, O), y: none(T, N, O) }
  },
)
