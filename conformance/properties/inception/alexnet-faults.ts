import { alexnet as reference } from '../../../reference/inception/alexnet.ts'
import { alexnet } from '../../../spec/inception/alexnet.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(alexnet, reference)

export const ignoresGroups = wrong.parameters(
  'gives every filter all channels, whatever the groups',
  () => ({ groups: 1 }),
)

export const forgetsBiases = wrong.outputs(
  'leaves the biases out',
  ({ parameters }, { parameters: { classes } }) => {
    const units = [96, 256, 384, 384, 256, 4096, 4096, classes]
    return { parameters: changed(parameters, (count, layer) => count - units[layer]!) }
  },
)

export const pooledHead = wrong.parameters(
  'puts the first fully connected layer on the means of the channels',
  () => ({ side: 67 }),
)

export const costLikeSize = wrong.outputs(
  'counts a weight once, however many positions use it',
  ({ shareOfParameters }) => ({ shareOfCost: shareOfParameters }),
)

/** The next side that every window fits without rest. */
export const roundsUp = wrong.parameters('rounds positions up', ({ side }) => ({
  side: Math.ceil((side - 67) / 32) * 32 + 67,
}))
