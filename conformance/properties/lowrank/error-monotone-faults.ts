import { build } from '../../../reference/arithmetic/array.ts'
import { errorCurve as reference } from '../../../reference/lowrank/error-bound.ts'
import { errorCurve } from '../../../spec/lowrank/error-bound.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(errorCurve, reference)

export const rising = wrong.outputs('gives the curves from the last to the first', (curves) => {
  const turned = (curve: typeof curves.errors) => build(curve.shape, (t) => curve.data.at(-1 - t!)!)
  return { errors: turned(curves.errors), bounds: turned(curves.bounds) }
})
