import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import {
  array,
  type CaseView,
  free,
  operation,
  type Parameters,
  type Sizes,
} from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import { groupPointwise } from './pointwise.ts'
import { shuffleNet } from './publications.ts'

/** The largest number up to a limit that divides the channels. */
function divisor(channels: number, limit: number): number {
  let groups = Math.min(limit, channels)
  while (channels % groups > 0) groups--
  return groups
}

const wholeGroups = {
  says: 'groups that divide the channels without rest',
  argument: 'groups',
  holds: ({ C }: Sizes, { groups }: Parameters) => C! % groups === 0,
  repair: (parameters: Parameters, { C }: Sizes) => ({
    ...parameters,
    groups: divisor(C!, parameters.groups),
  }),
  violate: (parameters: Parameters, { C }: Sizes) => ({ ...parameters, groups: C! + 1 }),
}

/** Deals the channels of each group out over all groups. */
export const channelShuffle = operation({
  id: 'efficient.channelShuffle',
  title: 'Channel shuffle',
  level: 'core',
  dimensions: {
    N: free(1, 2, 'images'),
    H: free(1, 3, 'rows'),
    W: free(1, 3, 'columns'),
    C: free(1, 12, 'channels'),
  },
  inputs: { x: array('the images', 'N', 'H', 'W', 'C') },
  parameters: { groups: integer({ min: 1, upTo: 6 }) },
  constraints: [wholeGroups],
  usual: [
    { sizes: { C: 12 }, parameters: { groups: 3 } },
    { sizes: { C: 24, W: ({ H }) => H! }, parameters: { groups: 3 } },
    { sizes: { C: 8 }, parameters: { groups: 2 } },
  ],
  outputs: { y: array('the same channels in another order', 'N', 'H', 'W', 'C') },
  classes: {
    'one group': ({ parameters }: CaseView) => parameters.groups === 1,
    'groups of one channel': ({ sizes, parameters }: CaseView) =>
      parameters.groups > 1 && parameters.groups === sizes.C,
    'several groups of several channels': ({ sizes, parameters }: CaseView) =>
      parameters.groups > 1 && parameters.groups < sizes.C!,
    'more groups than channels of a group': ({ sizes, parameters }: CaseView) =>
      parameters.groups < sizes.C! && parameters.groups ** 2 > sizes.C!,
    'several pixels': ({ sizes }: CaseView) => sizes.H! * sizes.W! > 1,
  },
})

/** Its gradient. */
export const channelShuffleGradient = gradientOf(channelShuffle, {
  title: 'Gradient of the channel shuffle',
  without: ['x'],
})

export const shuffled = clause({
  id: 'efficient.shufflenet.channel-shuffle',
  title: 'A shuffle deals the channels of every group out over all groups',
  kind: 'law',
  operations: [channelShuffle, channelShuffleGradient, groupPointwise],
  statement:
    'Of $g$ groups of $n$ channels, channel $j$ of group $i$ moves to place $jg + i$: the array of $g \\times n$ channels is transposed. Nothing else changes, so the shuffle is a permutation; its inverse, and its gradient, is the shuffle with $n$ groups. Between two pointwise convolutions in $g$ groups, where $g$ divides $n$, it makes every output depend on every input; without it, groups never meet.',
  formula: String.raw`y_{\,jg+i} = x_{\,in+j},\qquad 0 \le i < g,\; 0 \le j < n,\; C = gn;\qquad \sigma_{g}^{-1} = \sigma_{n},\qquad \nabla_x E = \sigma_n(\nabla_y E)`,
  domain: 'Any numbers; groups that divide the channels without rest.',
  conventions: [
    {
      choice: 'The number given is that of the groups before the shuffle.',
      others: 'A shuffle by n is the inverse, which some implementations apply instead.',
    },
  ],
  source: {
    notes: [[298, 298]],
    publications: [{ ...shuffleNet, where: 'section 3.1 and figure 1' }],
  },
  errata: [],
})
