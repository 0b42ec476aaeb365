import { multiplying, toBits } from '../arithmetics.ts'
import { change, clear, reread, scalar, times } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes of recurrent networks whose outputs come back, or that have a single one, and of what is counted of them. */
export const recurrentVariantMistakes: readonly Mistake[] = [
  mistake(
    'rnn.outputRecurrent',
    'size',
    'from the fourth step on, nothing comes back',
    (the) => {
      const { T } = the.sizes
      if (T < 4 || the.parameters.feedback === 'own') return
      return the.but({ y: clear(the.inputs.y, 0, (t) => t >= 2) })
    },
    { sizes: { T: 4 }, parameters: { feedback: 'target' } },
  ),
  mistake(
    'rnn.outputRecurrent',
    'shape',
    'of a single output, what comes back is rectified',
    (the) => {
      if (the.sizes.O > 1 || the.parameters.feedback === 'own') return
      return the.but({ y: change(the.inputs.y, (v) => Math.max(v, 0)) })
    },
    {
      sizes: { O: 1, T: 3 },
      parameters: { feedback: 'target' },
      elements: { y: (v) => -Math.abs(v) - 1 },
    },
  ),
  mistake(
    'rnn.outputRecurrent',
    'logic',
    'with teacher forcing, begins with what should come out of the first step',
    (the) => {
      const { y, o0 } = the.inputs
      if (the.parameters.feedback === 'target')
        return the.but({ o0: change(o0, (_, n, k) => y.at(0, n, k)) })
    },
    { parameters: { feedback: 'target' } },
  ),
  mistake('rnn.outputRecurrent', 'numeric', 'multiplies in bfloat16', (the) =>
    the.in(multiplying(toBits(8))),
  ),
  mistake(
    'rnn.outputRecurrentGradient',
    'term',
    'forgets that the output before the first step comes back, too',
    (the) => ({ dO0: times(the.right.dO0, 0) }),
  ),
  mistake(
    'rnn.outputRecurrentGradient',
    'logic',
    'gives the gradient by each target at the step before it',
    (the) => {
      const { T } = the.sizes
      if (the.parameters.feedback === 'target')
        return { dy: reread(the.right.dy, 0, (t) => Math.min(t + 1, T - 1)) }
    },
    { sizes: { T: 3 }, parameters: { feedback: 'target', activation: 'linear' } },
  ),
  mistake(
    'rnn.outputRecurrentGradient',
    'size',
    'from the third sequence on, none counts for the biases of the output',
    (the) => {
      if (the.sizes.N < 3) return
      const first = {
        dh: clear(the.inputs.dh, 1, (n) => n >= 2),
        do: clear(the.inputs.do, 1, (n) => n >= 2),
      }
      return { dc: the.but(first).dc }
    },
    { sizes: { N: 3 } },
  ),
  mistake(
    'rnn.sequenceToOne',
    'logic',
    'takes the state before the first step where the last one is padding',
    (the) => {
      const { T } = the.sizes
      const { padded, x } = the.inputs
      const ends = (n: number) => padded.at(T - 1, n) === 1
      const none = the.but({ padded: change(padded, (v, _t, n) => (ends(n) ? 1 : v)) })
      return x.shape[0] === 1 ? undefined : none
    },
    { sizes: { T: 3, N: 1 }, elements: { padded: (_, at) => (at === 2 ? 1 : 0) } },
  ),
  mistake(
    'rnn.sequenceToOne',
    'shape',
    'of two classes, gives a sigmoid of the second score',
    (the) => {
      if (the.sizes.O !== 2) return
      const { o, y } = the.right
      const second = (n: number) => 1 / (1 + Math.exp(-o.at(n, 1)))
      return { y: change(y, (_, n, k) => (k === 1 ? second(n) : 1 - second(n))) }
    },
    { sizes: { O: 2, N: 1 }, elements: { c: () => 2 } },
  ),
  mistake(
    'rnn.sequenceToOneGradient',
    'size',
    'goes back eight steps at most',
    (the) => {
      const { T } = the.sizes
      if (T > 8 && the.parameters.direction === 'forward')
        return { dx: clear(the.right.dx, 0, (t) => t < T - 8) }
    },
    {
      sizes: { T: 9, N: 1, I: 1, H: 1 },
      parameters: { activation: 'linear', direction: 'forward' },
    },
  ),
  mistake(
    'rnn.sequenceToOneGradient',
    'shape',
    'of a single step, gives no gradient by the first state',
    (the) => {
      if (the.sizes.T === 1) return { dH0: times(the.right.dH0, 0) }
    },
    { sizes: { T: 1 } },
  ),
  mistake(
    'rnn.parameterCount',
    'range',
    'from 256 units on, counts the biases of the state twice',
    (the) => {
      const { units, biases } = the.parameters
      if (units >= 256 && biases) return { shared: scalar(the.right.shared.at() + units) }
    },
    { parameters: { units: 256, biases: true } },
  ),
  mistake(
    'rnn.parameterCount',
    'logic',
    'without biases, counts one for each output all the same',
    (the) => {
      const { outputs, biases } = the.parameters
      if (!biases) return { biases: scalar(outputs) }
    },
    { parameters: { biases: false } },
  ),
  mistake(
    'rnn.parameterCount',
    'shape',
    'of as many outputs as inputs, shares their weights',
    (the) => {
      const { inputs, outputs } = the.parameters
      if (inputs === outputs) return { shared: scalar(the.right.shared.at() - the.right.out.at()) }
    },
    { parameters: { inputs: 3, outputs: 3 } },
  ),
  mistake(
    'lstm.parameterCount',
    'range',
    'from 256 units on, counts one bias of two',
    (the) => {
      const { units, biases } = the.parameters
      if (units < 256 || biases !== 'two') return
      const half = the.right.biases.at() / 2
      return { biases: scalar(half), all: scalar(the.right.all.at() - half) }
    },
    { parameters: { units: 256, biases: 'two' } },
  ),
  mistake(
    'lstm.parameterCount',
    'logic',
    'of coupled gates with peepholes, counts one of the forget gate',
    (the) => {
      const { units, coupled, peepholes } = the.parameters
      if (coupled && peepholes) return { all: scalar(the.right.all.at() + units) }
    },
    { parameters: { coupled: true, peepholes: true } },
  ),
  mistake(
    'lstm.parameterCount',
    'shape',
    'of as many inputs as units, counts one square of weights a gate',
    (the) => {
      const { inputs, units } = the.parameters
      if (inputs === units) return { all: scalar(the.right.all.at() - the.right.into.at()) }
    },
    { parameters: { inputs: 64, units: 64 } },
  ),
  mistake(
    'rnn.pathLengths',
    'shape',
    'of a single step, counts the layers between states once',
    (the) => {
      const { steps, between } = the.parameters
      if (steps === 1) return { longest: scalar(the.right.longest.at() + between) }
    },
    { parameters: { steps: 1 } },
  ),
  mistake(
    'rnn.pathLengths',
    'logic',
    'takes a skip connection for one past all layers, those out of the state among them',
    (the) => {
      const { skip, out } = the.parameters
      if (skip) return { shortest: scalar(the.right.shortest.at() - (out - 1)) }
    },
    { parameters: { skip: true, out: 3 } },
  ),
]
