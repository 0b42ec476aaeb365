import { clause } from '../language/clause.ts'
import { array, type CaseView, derived, operation, type Parameters } from '../language/operation.ts'
import { integer, pair } from '../language/parameter.ts'
import { depthwise } from './depthwise.ts'
import { pointwise } from './pointwise.ts'
import { mobileNets } from './publications.ts'

const layer = {
  kernel: integer({ min: 1, upTo: 5 }),
  channels: integer({ min: 1, upTo: 24 }),
  filters: integer({ min: 1, upTo: 24 }),
  side: integer({ min: 1, upTo: 16 }),
} as const

/** What a separable layer and the standard convolution in its place cost. */
export const separableCost = operation({
  id: 'efficient.separableCost',
  title: 'Cost of a depthwise separable layer and of a standard one',
  level: 'core',
  dimensions: { Layers: derived(() => 3, 'depthwise, pointwise, standard') },
  inputs: {},
  parameters: layer,
  usual: [
    { parameters: { kernel: 3, channels: 32, filters: 64, side: 112 } },
    { parameters: { kernel: 3, channels: 512, filters: 512, side: 14 } },
    { parameters: { kernel: 3, channels: 1024, filters: 1024, side: 7 } },
  ],
  outputs: {
    weights: array('the weights of each convolution', 'Layers'),
    multiplyAdds: array('its multiply-adds', 'Layers'),
    ratio: array('the cost of depthwise and pointwise together over that of the standard one'),
  },
  classes: {
    'kernel of 1 × 1': ({ parameters }: CaseView) => parameters.kernel === 1,
    'one filter': ({ parameters }: CaseView) => parameters.filters === 1,
    'one channel': ({ parameters }: CaseView) => parameters.channels === 1,
    'larger kernel and several filters': ({ parameters }: CaseView) =>
      parameters.kernel > 1 && parameters.filters > 1,
  },
})

/** A fraction a / b of at most 1, as [a, b]. */
const fraction = pair(integer({ min: 1, upTo: 4 }))

/** `number` made a multiple of `by`. */
const multiple = (number: number, by: number) => Math.ceil(number / by) * by

const wholeFractions = {
  says: 'fractions of at most 1 that leave whole channels, filters and sides',
  argument: 'width',
  holds: (_: unknown, { width: [a, b], resolution: [p, q], channels, filters, side }: Parameters) =>
    a <= b && p <= q && (a * channels) % b === 0 && (a * filters) % b === 0 && (p * side) % q === 0,
  repair: ({ width, resolution, channels, filters, side, ...rest }: Parameters) => {
    const [[a, b], [p, q]] = [width, resolution].map((it) =>
      it.toSorted((x: number, y: number) => x - y),
    ) as [number[], number[]]
    return {
      ...rest,
      width: [a, b],
      resolution: [p, q],
      channels: multiple(channels, b!),
      filters: multiple(filters, b!),
      side: multiple(side, q!),
    }
  },
  violate: (parameters: Parameters) => ({ ...parameters, width: [1, parameters.channels + 1] }),
}

/** A separable layer with a share of its channels, on images with a share of their side. */
export const scaledCost = operation({
  id: 'efficient.scaledCost',
  title: 'Cost of a depthwise separable layer at reduced width and resolution',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: { ...layer, width: fraction, resolution: fraction },
  constraints: [wholeFractions],
  usual: [
    {
      parameters: {
        kernel: 3,
        channels: 512,
        filters: 512,
        side: 14,
        width: [3, 4],
        resolution: [5, 7],
      },
    },
    {
      parameters: {
        kernel: 3,
        channels: 32,
        filters: 64,
        side: 112,
        width: [1, 2],
        resolution: [1, 1],
      },
    },
  ],
  outputs: {
    multiplyAdds: array('the multiply-adds of the depthwise and the pointwise convolution'),
    weights: array('their weights'),
  },
  classes: {
    'full width': ({ parameters: { width } }: CaseView) => width[0] === width[1],
    'reduced width': ({ parameters: { width } }: CaseView) => width[0] < width[1],
    'full resolution': ({ parameters: { resolution } }: CaseView) =>
      resolution[0] === resolution[1],
    'reduced resolution': ({ parameters: { resolution } }: CaseView) =>
      resolution[0] < resolution[1],
  },
})

/** How large a whole MobileNet is, and what an image costs, by kind of layer. */
export const mobilenet = operation({
  id: 'efficient.mobilenet',
  title: 'Parameters and multiply-adds of a MobileNet',
  level: 'core',
  dimensions: {
    Kinds: derived(() => 4, 'the first convolution, depthwise, pointwise, classifier'),
  },
  inputs: {},
  parameters: {
    /** The width multiplier in quarters: 4 is the network of full width. */
    quarters: integer({ min: 1, max: 4, upTo: 4 }),
    side: integer({ min: 1, upTo: 256 }),
    classes: integer({ min: 1, upTo: 1000 }),
  },
  usual: [
    { parameters: { quarters: 4, side: 224, classes: 1000 } },
    { parameters: { quarters: 2, side: 160, classes: 1000 } },
    { parameters: { quarters: 1, side: 128, classes: 1000 } },
  ],
  outputs: {
    parameters: array('weights and biases, with two numbers a normalized channel'),
    multiplyAdds: array('multiply-adds for one image'),
    weightsByKind: array('weights of each kind of layer', 'Kinds'),
    multiplyAddsByKind: array('its multiply-adds', 'Kinds'),
  },
  classes: {
    'full width': ({ parameters }: CaseView) => parameters.quarters === 4,
    'reduced width': ({ parameters }: CaseView) => parameters.quarters < 4,
    'image that is not a multiple of 32': ({ parameters }: CaseView) => parameters.side % 32 > 0,
  },
})

const conventions = [
  {
    choice: 'One multiplication with its addition counts once, products with padding included.',
    others: 'Some count two operations.',
  },
] as const

export const costRatio = clause({
  id: 'efficient.mobilenet.cost-ratio',
  title: 'A separable layer costs 1/N + 1/D² of a standard one',
  kind: 'count',
  operations: [separableCost, depthwise, pointwise, mobilenet],
  statement:
    'On images of $D_F \\times D_F$ pixels with $M$ channels, $N$ filters of side $D_K$ take $D_K^2 M N D_F^2$ multiply-adds; the separable layer takes $D_K^2 M D_F^2 + M N D_F^2$. The ratio, the same for weights, is $1/N + 1/D_K^2$: for 3 × 3 kernels and many filters about a ninth. It is below 1 unless the kernel is a single pixel or there is one filter.',
  formula: String.raw`\frac{D_K^2 M D_F^2 + M N D_F^2}{D_K^2 M N D_F^2} = \frac1N + \frac1{D_K^2}`,
  domain: 'Whole numbers from 1 on; stride 1, an output as large as the input.',
  conventions: [
    ...conventions,
    { choice: 'Weights without biases.', others: 'MobileNet has none, but normalizes.' },
  ],
  source: {
    notes: [[290, 290]],
    publications: [
      { ...mobileNets, where: 'section 3.1, equations 2, 4 and 5, and tables 1 and 2' },
    ],
  },
  errata: [],
})

export const multipliers = clause({
  id: 'efficient.mobilenet.multipliers',
  title: 'Width acts on channels, resolution on pixels',
  kind: 'count',
  operations: [scaledCost, separableCost, mobilenet],
  statement:
    'The width multiplier $\\alpha \\le 1$ scales the channels and filters of every layer, the resolution multiplier $\\rho \\le 1$ the sides of the images. Multiply-adds become $D_K^2 \\cdot \\alpha M (\\rho D_F)^2 + \\alpha M \\cdot \\alpha N (\\rho D_F)^2$: exactly $\\rho^2$ times as many at a lower resolution, between $\\alpha^2$ and $\\alpha$ times as many at a lower width. Weights do not depend on the resolution.',
  formula: String.raw`D_K^2\,\alpha M\,(\rho D_F)^2 + \alpha M\,\alpha N\,(\rho D_F)^2,\qquad D_K^2\,\alpha M + \alpha^2 M N`,
  domain: 'Fractions that leave whole numbers of channels, filters and pixels.',
  conventions: [
    ...conventions,
    {
      choice: 'Fractions that leave no whole number of channels are rejected.',
      others: 'Libraries round to a multiple of 8.',
    },
  ],
  source: {
    notes: [[290, 290]],
    publications: [
      { ...mobileNets, where: 'sections 3.3 and 3.4, equations 6 and 7, and tables 3, 6 and 7' },
    ],
  },
  errata: [],
})
