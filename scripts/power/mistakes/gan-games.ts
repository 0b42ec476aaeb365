import { bfloat, half } from '../arithmetics.ts'
import { change, mixed, ofCallBefore } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of small games of two players, and of what is known of them. */
export const gameMistakes: readonly Mistake[] = [
  mistake(
    'gan.bilinearGame',
    'size',
    'answers in turn for the first 32 parameters alone, and at once for the others',
    (the) => {
      const { x, y } = the.but({}, { order: 'simultaneous' })
      return {
        x: mixed(the.right.x, x, (_, i) => i >= 32),
        y: mixed(the.right.y, y, (_, i) => i >= 32),
      }
    },
    { sizes: { P: 40 }, parameters: { order: 'alternating', rate: 0.5 } },
  ),
  mistake(
    'gan.bilinearGame',
    'range',
    'takes at most the rate 1',
    (the) => the.but({}, { rate: Math.min(1, the.parameters.rate) }),
    { parameters: { rate: 1.5 } },
  ),
  mistake('gan.bilinearGame', 'numeric', 'keeps the first player in bfloat16', (the) => ({
    x: change(the.right.x, bfloat),
  })),
  lasting('gan.bilinearGame', 'state', 'keeps the second player of the call before', () => {
    const before = ofCallBefore()
    return (the) => the.but({ y: before(the.inputs.y) })
  }),
  mistake(
    'gan.pointDivergences',
    'special',
    'takes −0 for a point beside the data',
    (the) => ({
      jensenShannon: change(the.right.jensenShannon, (v, n) =>
        Object.is(the.inputs.theta.at(n), -0) ? Math.LN2 : v,
      ),
    }),
    { elements: { theta: () => -0 } },
  ),
  mistake(
    'gan.pointDivergences',
    'numeric',
    'takes points for the same that are less than 1e-6 apart',
    (the) => ({
      kullbackLeibler: change(the.right.kullbackLeibler, (v, n) =>
        Math.abs(the.inputs.theta.at(n)) < 1e-6 ? 0 : v,
      ),
    }),
    { elements: { theta: () => 2 ** -21 } },
  ),
  mistake('gan.pointDivergences', 'numeric', 'gives distances in half precision', (the) => ({
    wasserstein: change(the.right.wasserstein, half),
  })),
  mistake(
    'gan.diracLosses',
    'range',
    'gives 88 for losses above it, where an exponential overflows',
    (the) => ({ nonSaturating: change(the.right.nonSaturating, (v) => Math.min(v, 88)) }),
    { elements: { theta: () => 10, psi: () => -10 } },
  ),
  mistake('gan.diracLosses', 'numeric', 'rounds logits to half precision', (the) => {
    const { theta, psi } = the.inputs
    const logits = change(theta, (v, n) => half(v * psi.at(n)))
    return {
      nonSaturating: the.but({ theta: logits, psi: change(psi, () => 1) }).nonSaturating,
    }
  }),
  mistake(
    'gan.diracLosses',
    'size',
    'reads the weight of the first game for every fourth one',
    (the) =>
      the.but({ psi: change(the.inputs.psi, (v, n) => (n % 4 === 3 ? the.inputs.psi.at(0) : v)) }),
    { sizes: { N: 5 } },
  ),
  mistake(
    'gan.diracSteps',
    'logic',
    'leaves the penalty out of the first step',
    (the) => {
      if (the.parameters.steps === 1) return the.but({}, { penalty: 0 })
    },
    { parameters: { steps: 1, penalty: 0.5, rate: 0.5 } },
  ),
  mistake(
    'gan.diracSteps',
    'range',
    'takes penalties above 1 for 1',
    (the) => the.but({}, { penalty: Math.min(1, the.parameters.penalty) }),
    { parameters: { penalty: 1.5, rate: 0.5 } },
  ),
  mistake(
    'gan.diracSteps',
    'numeric',
    'keeps the weights of discriminators in bfloat16',
    (the) => ({
      psi: change(the.right.psi, bfloat),
    }),
  ),
  mistake(
    'gan.diracStability',
    'special',
    'of a penalty of 1 gives the largest rate without its root, 4 / 2',
    (the) => ({
      largestRate: change(the.right.largestRate, (v, n) =>
        the.inputs.penalty.at(n) === 1 ? 2 : v,
      ),
    }),
    { elements: { penalty: () => 1 } },
  ),
  mistake(
    'gan.diracStability',
    'range',
    'takes the square of the penalty for 16 at most',
    (the) => the.but({ penalty: change(the.inputs.penalty, (v) => Math.min(v, 4)) }),
    { elements: { penalty: () => 5, rate: () => 1 } },
  ),
  mistake(
    'gan.diracStability',
    'size',
    'counts rates from the ninth on as 0',
    (the) => ({
      radius: change(the.right.radius, (v, n) => (n < 8 ? v : 1)),
    }),
    { sizes: { N: 9 }, elements: { rate: () => 1, penalty: () => 0.5 } },
  ),
  mistake(
    'gan.distributionDescent',
    'special',
    'keeps points without data as they are',
    (the) => {
      const { data } = the.inputs
      const { generated } = the.right
      const whole = the.inputs.start.data.reduce((sum, v) => sum + v, 0)
      return {
        generated: change(generated, (v, _, x) =>
          data.at(x) === 0 ? the.inputs.start.at(x) / whole : v,
        ),
      }
    },
    { sizes: { N: 3 }, elements: { data: (_, x) => x }, parameters: { rate: 1 } },
  ),
  mistake(
    'gan.distributionDescent',
    'range',
    'takes rates below a quarter for a quarter',
    (the) => the.but({}, { rate: Math.max(0.25, the.parameters.rate) }),
    { sizes: { N: 3 }, parameters: { rate: 0.1 } },
  ),
  mistake(
    'gan.distributionDescent',
    'size',
    'adds up 16 points of the value alone',
    (the) => {
      if (the.sizes.N <= 16) return undefined
      const { generated } = the.right
      const p = the.inputs.data.data
      const whole = p.reduce((sum, v) => sum + v, 0)
      return {
        criterion: change(the.right.criterion, (_, t) => {
          let sum = 0
          for (let x = 0; x < 16; x++) {
            const [px, q] = [p[x]! / whole, generated.at(t, x)]
            if (px > 0) sum += px * Math.log(px / (px + q))
            if (q > 0) sum += q * Math.log(q / (px + q))
          }
          return sum
        }),
      }
    },
    { sizes: { N: 20 } },
  ),
  mistake('gan.distributionDescent', 'numeric', 'keeps probabilities in bfloat16', (the) => ({
    generated: change(the.right.generated, bfloat),
  })),
]
