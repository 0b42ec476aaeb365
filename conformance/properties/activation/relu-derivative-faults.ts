import { derivative as slope } from '../../../reference/activation/derivatives.ts'
import { pathDerivative as reference } from '../../../reference/activation/relu-derivative.ts'
import { build } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { pathDerivative } from '../../../spec/activation/relu-derivative.ts'
import { changed, filled, part } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(pathDerivative, reference)

export const pathOpenAtZero = wrong.inputs(
  'takes a rectifier at 0 for active',
  ({ z }, { parameters: { activation } }) =>
    activation === 'relu' ? { z: changed(z, (v) => (v === 0 ? 1 : v)) } : {},
)

export const addsSlopes = wrong.answer(
  'adds slopes up in place of multiplying them',
  ({ inputs: { z }, parameters, sizes }) => {
    const { T, P } = sizes as Readonly<Record<'T' | 'P', number>>
    return {
      product: build([P], (p) => {
        const x = build([T], (t) => z.at(t, p))
        return slope(number, { x }, parameters).slope.data.reduce((sum, s) => sum + s, 0)
      }),
    }
  },
)

export const lastSlopeOnly = wrong.inputs(
  'goes through the last activation only',
  ({ z }, { sizes: { T, P } }) => ({ z: part(z, [1, P!], [T! - 1]) }),
)

export const neverCloses = wrong.outputs(
  'passes gradients through rectifiers that are not active',
  ({ product }, { parameters: { activation } }) =>
    activation === 'relu' ? { product: filled(product.shape, 1) } : {},
)
