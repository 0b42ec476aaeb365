import { clause } from '../language/clause.ts'
import { conv2d } from './conv2d.ts'
import { goodfellow } from './publications.ts'

const layer = { ...goodfellow, where: 'section 9.5' } as const

export const anyDepth = clause({
  id: 'cnn.conv2d.any-depth',
  title: 'The image may have any number of channels',
  kind: 'law',
  operations: [conv2d],
  statement:
    'The response to an image of $K$ channels is the bias plus the sum of the responses to each channel alone, for any $K$ from 1 on. Nothing depends on the order of the channels, as long as image and filters keep the same.',
  formula: String.raw`C_F(x) = b + \sum_{k=0}^{K-1} C_{F_{::k:}}(x_{::k}),\qquad C_{F_{::\pi(k):}}(x_{::\pi(k)}) = C_F(x)`,
  domain: 'Finite numbers; any number of channels.',
  conventions: [],
  source: { notes: [[32, 32]], publications: [layer] },
  errata: [],
})

export const depthMatch = clause({
  id: 'cnn.conv2d.depth-match',
  title: 'A filter is as deep as the image',
  kind: 'law',
  operations: [conv2d],
  statement:
    'A bank whose filters have another number of channels than the image is rejected, with an error that names the filters, their shape and the number of channels that they need. Nothing is broadcast, not even a single channel, and channels are not dealt out in groups.',
  formula: String.raw`x \in \mathbb R^{N \times H \times W \times K},\ F \in \mathbb R^{H' \times W' \times K' \times Q}:\quad C_F(x) \text{ is defined only if } K' = K`,
  domain: 'Any other number of channels, from 1 on.',
  conventions: [
    {
      choice: 'Every filter sees all channels.',
      others:
        'Grouped convolutions let each filter see a part of the channels, K / groups of them.',
    },
  ],
  source: {
    notes: [
      [11, 11],
      [37, 37],
    ],
    publications: [layer],
  },
  errata: [],
})

export const outDepth = clause({
  id: 'cnn.conv2d.out-depth',
  title: 'The response has one channel a filter',
  kind: 'count',
  operations: [conv2d],
  statement:
    'The number of channels of the response is the number of filters of the bank, whatever the number of channels of the image.',
  formula: String.raw`y \in \mathbb R^{N \times H_o \times W_o \times Q}`,
  domain: 'Any number of filters and channels from 1 on.',
  conventions: [],
  source: {
    notes: [
      [39, 39],
      [49, 49],
    ],
    publications: [layer],
  },
  errata: [],
})
