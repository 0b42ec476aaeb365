import { unitCosts as reference } from '../../../reference/efficient/shufflenet.ts'
import { unitCosts } from '../../../spec/efficient/shufflenet.ts'
import type { ParametersOf } from '../../../spec/language/operation.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(unitCosts, reference)

const [resNeXt, shuffleNet] = [1, 2]

/** One of the units with more weights than it has, each of which is used at every pixel. */
function heavier(
  name: string,
  unit: number,
  more: (parameters: ParametersOf<typeof unitCosts>) => number,
) {
  return wrong.outputs(name, ({ weights, multiplyAdds }, { parameters }) => {
    const { rows, columns } = parameters
    const added = more(parameters)
    return {
      weights: changed(weights, (n, u) => (u === unit ? n + added : n)),
      multiplyAdds: changed(multiplyAdds, (n, u) => (u === unit ? n + rows * columns * added : n)),
    }
  })
}

export const ungroupedEnds = heavier(
  'leaves the pointwise convolutions of ShuffleNet in one group',
  shuffleNet,
  ({ channels, inside, groups }) => 2 * channels * inside * (1 - 1 / groups),
)

export const divideSquared = heavier(
  'divides the 3 × 3 convolution of ResNeXt by the square of the groups',
  resNeXt,
  ({ inside, groups }) => -(9 * inside * inside * (1 - 1 / groups)) / groups,
)

export const standardMiddle = heavier(
  'has a standard 3 × 3 convolution in ShuffleNet instead of a depthwise one',
  shuffleNet,
  ({ inside }) => 9 * inside * (inside - 1),
)

export const oneEnd = wrong.parameters(
  'counts one of the two pointwise convolutions',
  ({ channels }) => ({ channels: channels / 2 }),
)

export const acceptsAnyGroups = wrong.accepts(
  'accepts groups that do not divide the channels',
  () => {
    const counts = { dtype: 'float32', shape: [3], data: new Float32Array(3) } as const
    return { multiplyAdds: counts, weights: counts }
  },
)
