import { bestReplies as reference } from '../../../reference/gan/minimax.ts'
import { bestReplies } from '../../../spec/gan/minimax.ts'
import { changed, filled } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(bestReplies, reference)
const softplus = (a: number) => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)))

export const repliesWithLeast = wrong.outputs(
  'lets the generator give what is least likely to be real',
  ({ least }, { inputs: { logits } }) => {
    const [most, fewest] = [Math.max(...logits.data), Math.min(...logits.data)]
    return { least: changed(least, (v) => v + softplus(most) - softplus(fewest)) }
  },
)
export const repliesInData = wrong.outputs(
  'lets the generator give points of the data alone',
  ({ least }, { inputs: { logits, data } }) => {
    const most = Math.max(...logits.data)
    const known = Math.max(...logits.data.filter((_, n) => data.at(n) > 0))
    return { least: changed(least, (v) => v + softplus(most) - softplus(known)) }
  },
)
export const spreads = wrong.outputs(
  'lets the generator spread over all points',
  ({ least }, { inputs: { logits } }) => {
    const most = softplus(Math.max(...logits.data))
    const mean = logits.data.reduce((sum, a) => sum + softplus(a), 0) / logits.data.length
    return { least: changed(least, (v) => v + most - mean) }
  },
)
export const generatorAlone = wrong.outputs(
  'leaves out the expectation over the data, which the generator does not change',
  ({ least }, { inputs: { logits } }) => ({
    least: changed(least, () => -softplus(Math.max(...logits.data))),
  }),
)
export const discriminatorAsItIs = wrong.outputs(
  'gives the same for both players',
  ({ least }) => ({ largest: least }),
)
export const argminOfOne = wrong.outputs(
  'E-53 read literally: takes the reply to one discriminator for the solution of the game',
  ({ largest }) => ({ largest: filled(largest.shape, -Math.log(4)) }),
)
