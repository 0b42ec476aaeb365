import { toBits } from '../arithmetics.ts'
import { change, type Numbers } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** A buffer holds so many steps. */
const room = 32

/** What is kept between two buffers has fewer digits: too few for one step, and enough for many. */
const kept = toBits(15)
const sum = toBits(12)

/**
 * Mistakes in the gradients of recurrent layers and networks that show in long sequences of tanh alone: in what is carried
 * from one buffer of steps to the one before, or in sums over more steps than one buffer holds. They are smaller than
 * what rounding explains at the end of so many steps.
 */
export const lateStepsMistakes: readonly Mistake[] = [
  mistake(
    'rnn.stackedGradient',
    'size',
    'what comes back to the first unit of the upper layers from the 33rd step is kept with 15 bits',
    (the) => {
      const { T } = the.sizes
      if (T <= room || the.parameters.activation !== 'tanh') return
      const isForward = the.parameters.direction === 'forward'
      const [from, to] = isForward ? [room, room - 1] : [T - 1 - room, T - room]
      const off = (l: number, n: number, i: number) => {
        const back = the.right.back.at(l, from, n, i)
        return l > 0 && i === 0 ? kept(back) - back : 0
      }
      const withOff = (array: Numbers, step: number) =>
        change(array, (v, l, t, n, i) => (t === step ? v + off(l, n, i) : v))
      const then = the.but({ dh: withOff(the.inputs.dh, to) })
      return { ...then, back: withOff(then.back, from) }
    },
    { sizes: { T: 34 }, parameters: { activation: 'tanh' } },
  ),
  mistake(
    'rnn.stackedGradient',
    'size',
    'adds up the gradients by the weights between layers of two buffers of steps with 12 bits',
    (the) => {
      if (the.sizes.T <= room || the.parameters.activation !== 'tanh') return
      return { dA: change(the.right.dA, sum) }
    },
    { sizes: { T: 34 }, parameters: { activation: 'tanh' } },
  ),
  mistake(
    'rnn.bidirectionalGradient',
    'size',
    'what comes back to the second direction from the 33rd step but last is kept with 15 bits',
    (the) => {
      const { T, H } = the.sizes
      if (T <= room || the.parameters.activation !== 'tanh') return
      const from = T - 1 - room
      const off = (n: number, i: number) => {
        const back = the.right.back.at(from, n, i)
        return i >= H ? kept(back) - back : 0
      }
      const withOff = (array: Numbers, step: number) =>
        change(array, (v, t, n, i) => (t === step ? v + off(n, i) : v))
      const then = the.but({ dh: withOff(the.inputs.dh, from + 1) })
      return { ...then, back: withOff(then.back, from) }
    },
    { sizes: { T: 34 }, parameters: { activation: 'tanh' } },
  ),
  mistake(
    'rnn.bidirectionalGradient',
    'size',
    'adds up the gradients by the weights between states of two buffers of steps with 12 bits',
    (the) => {
      if (the.sizes.T <= room || the.parameters.activation !== 'tanh') return
      return { dW: change(the.right.dW, sum) }
    },
    { sizes: { T: 34 }, parameters: { activation: 'tanh' } },
  ),
  mistake(
    'rnn.sequenceToOneGradient',
    'size',
    'takes the gradient by the weights of the output of a last state that is kept with 12 bits',
    (the) => {
      if (the.sizes.T <= room || the.parameters.activation !== 'tanh') return
      return { dV: change(the.right.dV, sum) }
    },
    { sizes: { T: 34 }, parameters: { activation: 'tanh' } },
  ),
  mistake(
    'rnn.sequenceToOneGradient',
    'size',
    'adds up the gradients by the weights between states of two buffers of steps with 12 bits',
    (the) => {
      if (the.sizes.T <= room || the.parameters.activation !== 'tanh') return
      return { dW: change(the.right.dW, sum) }
    },
    { sizes: { T: 34 }, parameters: { activation: 'tanh' } },
  ),
  mistake(
    'rnn.outputRecurrentGradient',
    'size',
    'what comes back to the first output from the 33rd step is kept with 15 bits',
    (the) => {
      const { activation, feedback } = the.parameters
      if (the.sizes.T <= room || activation !== 'tanh' || feedback !== 'own') return
      const off = (n: number, k: number) => {
        const back = the.right.back.at(room, n, k)
        return k === 0 ? kept(back) - back : 0
      }
      const withOff = (array: Numbers, step: number) =>
        change(array, (v, t, n, k) => (t === step ? v + off(n, k) : v))
      const then = the.but({ do: withOff(the.inputs.do, room - 1) })
      return { ...then, back: withOff(then.back, room) }
    },
    { sizes: { T: 34 }, parameters: { activation: 'tanh', feedback: 'own' } },
  ),
  mistake(
    'rnn.outputRecurrentGradient',
    'size',
    'adds up the gradients by the weights of the output of two buffers of steps with 12 bits',
    (the) => {
      if (the.sizes.T <= room || the.parameters.activation !== 'tanh') return
      return { dV: change(the.right.dV, sum) }
    },
    { sizes: { T: 34 }, parameters: { activation: 'tanh' } },
  ),
]
