import { number } from '../../../reference/arithmetic/number.ts'
import { activate } from '../../../reference/cnn/activation.ts'
import { doubles, toBits } from '../arithmetics.ts'
import { change, remains, whole } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

const of = (name: 'relu' | 'leaky-relu' | 'sigmoid' | 'tanh') => ({
  parameters: { activation: name },
})

/** Mistakes of activation functions. */
export const activationMistakes: readonly Mistake[] = [
  mistake(
    'cnn.activation',
    'size',
    'numbers beyond the last whole vector of 16 are given as they are',
    (the) => {
      const count = the.inputs.x.data.length
      let at = 0
      if (remains(count, 16))
        return {
          y: change(the.right.y, (v) => (at++ >= whole(count, 16) ? the.inputs.x.data[at - 1] : v)),
        }
    },
    { sizes: { H: 4, W: 5 }, ...of('relu') },
  ),
  mistake(
    'cnn.activation',
    'special',
    'the rectifier ends at 65504',
    (the) => {
      if (the.parameters.activation === 'relu')
        return { y: change(the.right.y, (v) => Math.min(v, 65504)) }
    },
    { ...of('relu'), elements: { x: (v) => (1 + Math.abs(v)) * 1e5 } },
  ),
  mistake(
    'cnn.activation',
    'special',
    'the leaky rectifier takes numbers below 1e-20 for 0',
    (the) => {
      if (the.parameters.activation === 'leaky-relu')
        return { y: change(the.right.y, (v) => (Math.abs(v) < 1e-20 ? 0 : v)) }
    },
    { parameters: { activation: 'leaky-relu', slope: 0.5 }, elements: { x: (v) => v * 2 ** -90 } },
  ),
  mistake(
    'cnn.activation',
    'range',
    'a slope of 0 counts as not given, which means 0.01',
    (the) => {
      const { activation, slope } = the.parameters
      if (activation === 'leaky-relu' && slope === 0) return the.but({}, { slope: 0.01 })
    },
    { parameters: { activation: 'leaky-relu', slope: 0 } },
  ),
  mistake(
    'cnn.activation',
    'numeric',
    'tanh by a fraction of polynomials that is good to 4 digits, cut at ±3',
    (the) => {
      if (the.parameters.activation !== 'tanh') return
      const fraction = (x: number) => (x * (27 + x * x)) / (27 + 9 * x * x)
      return { y: change(the.inputs.x, (x) => (Math.abs(x) > 3 ? Math.sign(x) : fraction(x))) }
    },
    of('tanh'),
  ),
  mistake(
    'cnn.activation',
    'numeric',
    'the sigmoid of -20 and below is 0',
    (the) => {
      if (the.parameters.activation === 'sigmoid')
        return { y: change(the.right.y, (v, ...at) => (the.inputs.x.at(...at) <= -20 ? 0 : v)) }
    },
    { ...of('sigmoid'), elements: { x: (v) => -24 - Math.abs(v % 1) } },
  ),
  mistake(
    'cnn.activation',
    'numeric',
    'e to the power x from a table with steps of 1/256',
    (the) => {
      if (the.parameters.activation === 'sigmoid')
        return the.in(doubles({ exp: (x) => Math.exp(Math.round(x * 256) / 256) }))
    },
    of('sigmoid'),
  ),
  lasting(
    'cnn.activation',
    'state',
    'keeps the slope of the first leaky rectifier',
    () => {
      let slope: number | undefined
      return (the) => {
        slope ??= the.parameters.slope
        return the.but({}, { slope })
      }
    },
    of('leaky-relu'),
  ),

  mistake(
    'cnn.activationGradient',
    'special',
    'takes the slope at 0 for the mean of both sides',
    (the) => {
      const { activation, slope } = the.parameters
      const side = activation === 'relu' ? 0 : activation === 'leaky-relu' ? slope : 1
      const { x, dy } = the.inputs
      if (side < 1)
        return {
          dx: change(the.right.dx, (v, ...at) =>
            x.at(...at) === 0 ? ((1 + side) / 2) * dy.at(...at) : v,
          ),
        }
    },
    { ...of('relu'), elements: { x: () => 0 } },
  ),
  mistake(
    'cnn.activationGradient',
    'special',
    'takes −0 for a negative number whose slope is that of the other side',
    (the) => {
      const { x, dy } = the.inputs
      if (the.parameters.activation === 'relu')
        return {
          dx: change(the.right.dx, (v, ...at) => (Object.is(x.at(...at), -0) ? dy.at(...at) : v)),
        }
    },
    { ...of('relu'), elements: { x: () => -0 } },
  ),
  mistake(
    'cnn.activationGradient',
    'numeric',
    'takes 1 − tanh² from a tanh of 11 bits',
    (the) => {
      const { x, dy } = the.inputs
      if (the.parameters.activation === 'tanh')
        return { dx: change(dy, (g, ...at) => g * (1 - toBits(11)(Math.tanh(x.at(...at))) ** 2)) }
    },
    of('tanh'),
  ),
  mistake(
    'cnn.activationGradient',
    'numeric',
    'takes σ (1 − σ) from a σ of 14 bits',
    (the) => {
      const sigmoid = activate(number, 'sigmoid', 0)
      const { x, dy } = the.inputs
      if (the.parameters.activation !== 'sigmoid') return
      const slope = (s: number) => s * (1 - s)
      return { dx: change(dy, (g, ...at) => g * slope(toBits(14)(sigmoid(x.at(...at))))) }
    },
    of('sigmoid'),
  ),
  mistake(
    'cnn.activationGradient',
    'term',
    'ignores dy of the second image and later, as if it were 1',
    (the) => the.but({ dy: change(the.inputs.dy, (v, n) => (n > 0 ? 1 : v)) }),
  ),
]
