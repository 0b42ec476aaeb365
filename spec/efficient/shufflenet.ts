import { clause } from '../language/clause.ts'
import { array, type CaseView, derived, operation, type Parameters } from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import { shuffleNet } from './publications.ts'

/** Both numbers of channels, made multiples of the groups by taking each for that of a group. */
const divisible = {
  says: 'groups that divide the channels and the inner channels',
  argument: 'groups',
  holds: (_: unknown, { channels, inside, groups }: Parameters) =>
    channels % groups === 0 && inside % groups === 0,
  repair: (parameters: Parameters) => ({
    ...parameters,
    channels: parameters.channels * parameters.groups,
    inside: parameters.inside * parameters.groups,
  }),
  violate: (parameters: Parameters) => ({ ...parameters, groups: parameters.channels + 1 }),
}

/** What the three kinds of bottleneck cost for the same image, channels and groups. */
export const unitCosts = operation({
  id: 'efficient.unitCosts',
  title: 'Multiply-adds of the units of ResNet, ResNeXt and ShuffleNet',
  level: 'core',
  dimensions: { Units: derived(() => 3, 'ResNet, ResNeXt, ShuffleNet') },
  inputs: {},
  parameters: {
    rows: integer({ min: 1, upTo: 14 }),
    columns: integer({ min: 1, upTo: 14 }),
    channels: integer({ min: 1, upTo: 12 }),
    inside: integer({ min: 1, upTo: 12 }),
    groups: integer({ min: 1, upTo: 8 }),
  },
  constraints: [divisible],
  usual: [
    { parameters: { rows: 28, columns: 28, channels: 240, inside: 60, groups: 3 } },
    { parameters: { rows: 14, columns: 14, channels: 256, inside: 64, groups: 32 } },
  ],
  outputs: {
    multiplyAdds: array('the multiply-adds of each unit', 'Units'),
    weights: array('its weights', 'Units'),
  },
  classes: {
    'one group': ({ parameters }: CaseView) => parameters.groups === 1,
    'several groups': ({ parameters }: CaseView) => parameters.groups > 1,
    'groups of one inner channel': ({ parameters }: CaseView) =>
      parameters.groups > 1 && parameters.groups === parameters.inside,
    'image not square': ({ parameters }: CaseView) => parameters.rows !== parameters.columns,
  },
})

export const wider = clause({
  id: 'efficient.shufflenet.wider',
  title: 'With s² groups the pointwise convolutions are s times as wide for the same cost',
  kind: 'count',
  operations: [unitCosts],
  statement:
    'A unit with $s$ times the channels, outside and inside, and $s^2$ groups has as many weights in its pointwise convolutions as one without groups, and takes as many multiply-adds there; only its depthwise convolution costs $s$ times as much. So for a given budget a network of groups may be wider with the same number of layers, or has the same width with fewer weights. The published networks go from 144 channels without groups to 384 with eight.',
  formula: String.raw`\frac{2\,(sc)(sm)}{s^2} = 2cm,\qquad 9\,(sm) = s \cdot 9m`,
  domain: 'Whole numbers from 1 on; channels that are multiples of s.',
  conventions: [],
  source: {
    notes: [[298, 298]],
    publications: [{ ...shuffleNet, where: 'section 3.2 and table 1' }],
  },
  errata: [],
})

export const cost = clause({
  id: 'efficient.shufflenet.cost',
  title: 'Groups and a depthwise convolution make a unit cheap',
  kind: 'count',
  operations: [unitCosts],
  statement:
    'For images of $h \\times w$ pixels and $c$ channels around $m$ inner channels, the bottleneck of ResNet takes $hw(2cm + 9m^2)$ multiply-adds; that of ResNeXt, whose 3 × 3 convolution is in $g$ groups, $hw(2cm + 9m^2/g)$; that of ShuffleNet, whose pointwise convolutions are in $g$ groups and whose 3 × 3 convolution is depthwise, $hw(2cm/g + 9m)$. With one group ResNeXt is ResNet; with several the unit of ShuffleNet is cheaper than that of ResNeXt.',
  formula: String.raw`hw\left(2cm + 9m^2\right),\qquad hw\left(2cm + \tfrac{9m^2}{g}\right),\qquad hw\left(\tfrac{2cm}{g} + 9m\right)`,
  domain: 'Whole numbers from 1 on; groups that divide c and m. The shuffle costs no multiply-add.',
  conventions: [
    {
      choice: 'One multiplication with its addition counts once; normalization does not count.',
      others: 'The publication calls a multiply-add a FLOP.',
    },
  ],
  source: {
    notes: [[298, 298]],
    publications: [{ ...shuffleNet, where: 'section 3.2' }],
  },
  errata: [],
})
