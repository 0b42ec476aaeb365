import { build } from '../../../reference/arithmetic/array.ts'
import { derivative } from '../../../spec/activation/derivatives.ts'
import { pathDerivative, reluDerivative } from '../../../spec/activation/relu-derivative.ts'
import { free } from '../../../spec/language/operation.ts'
import { choice, integer } from '../../../spec/language/parameter.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, filled, plain, zeros } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { openAtZero } from './derivatives-faults.ts'
import { addsSlopes, lastSlopeOnly, neverCloses, pathOpenAtZero } from './relu-derivative-faults.ts'

const long = { ...pathDerivative.dimensions, T: free(40, 70, 'activations in a row') }

export const reluDerivativeProperties = properties(
  reluDerivative,
  agreement(pathDerivative, 'integers', {
    title:
      'activation.pathDerivative equals the reference on small integers; of rectifiers to the bit',
    kills: [pathOpenAtZero, addsSlopes, lastSlopeOnly, neverCloses],
  }),
  agreement(pathDerivative, 'reals', { kills: [addsSlopes, lastSlopeOnly, neverCloses] }),
  worked('slopes', {
    of: derivative,
    title: 'the slope is 0 up to 0, whatever its sign, and 1 above',
    kills: [openAtZero],
    inputs: { x: tensor([6], [-10000, -1, -0, 0, 1, 10000]) },
    parameters: { activation: 'relu' },
    gives: { slope: [0, 0, 0, 0, 1, 1] },
  }),
  law('open', {
    of: { ...pathDerivative, usual: [], dimensions: long, parameters: {} },
    asks: [pathDerivative],
    title: 'through active rectifiers a gradient comes as it is, however many there are',
    kills: [addsSlopes],
    share: 0.2,
    async holds({ exact, inputs, measure }) {
      const z = changed(inputs.z, (v) => Math.abs(v) + 1)
      const { product } = await measure(pathDerivative, { z }, { activation: 'relu' })
      return [{ label: 'product', expected: exact(filled(product.shape, 1)), actual: product }]
    },
  }),
  law('closed', {
    of: {
      ...pathDerivative,
      usual: [],
      parameters: { at: integer({ min: 0, upTo: 5 }), by: choice('zero', 'negative') },
    },
    asks: [pathDerivative],
    title: 'one rectifier that is not active closes a path, wherever it is, at 0, too',
    kills: [pathOpenAtZero, neverCloses],
    share: 0.5,
    async holds({ exact, inputs, measure, parameters: { at, by }, sizes: { T } }) {
      const active = plain(inputs.z)
      const closing = by === 'zero' ? 0 : -1
      const z = build(active.shape, (t, p) =>
        t === at % T! ? closing : Math.abs(active.at(t, p)) + 1,
      )
      const { product } = await measure(pathDerivative, { z }, { activation: 'relu' })
      return [{ label: 'product', expected: exact(zeros(product.shape)), actual: product }]
    },
  }),
  law('quarters', {
    of: { ...pathDerivative, usual: [], parameters: {} },
    asks: [pathDerivative],
    values: 'reals',
    title: 'through T sigmoids at most 4 to the power of −T is left',
    kills: [lastSlopeOnly, addsSlopes],
    share: 0.3,
    async holds({ arithmetic, inputs, measure, sizes: { T } }) {
      const { product } = await measure(pathDerivative, inputs, { activation: 'sigmoid' })
      const most = arithmetic.exact(4 ** -T!)
      return product.data.map((left, p) => atMost(arithmetic, `path ${p}`, left, most))
    },
  }),
  worked('faded', {
    of: pathDerivative,
    title: 'of two sigmoids where they are steepest a sixteenth is left, of two tanhs all',
    kills: [addsSlopes],
    cases: [
      {
        says: 'sigmoids',
        inputs: { z: tensor([2, 1], [0, 0]) },
        parameters: { activation: 'sigmoid' },
        gives: { product: [0.0625] },
      },
      {
        says: 'tanhs',
        inputs: { z: tensor([2, 1], [0, 0]) },
        parameters: { activation: 'tanh' },
        gives: { product: [1] },
      },
    ],
  }),
)
