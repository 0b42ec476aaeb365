import { clause } from '../language/clause.ts'
import {
  array,
  bits,
  type CaseView,
  derived,
  free,
  operation,
  type Parameters,
} from '../language/operation.ts'
import { integer, real } from '../language/parameter.ts'
import { maskedDense } from './connection.ts'
import { beyer, whitley } from './publications.ts'
import { sensitivity } from './sensitivity.ts'

/** The connections of the network that a number stands for. */
export const maskFromCode = operation({
  id: 'pruning.maskFromCode',
  title: 'Mask that a whole number stands for',
  level: 'core',
  dimensions: { P: derived((_, { connections }) => connections, 'connections') },
  inputs: {},
  parameters: {
    connections: integer({ min: 1, upTo: 16, max: 16 }),
    code: integer({ min: 0, upTo: 65_535, max: 65_535 }),
  },
  constraints: [
    {
      says: 'one of the 2^P codes',
      argument: 'code',
      holds: (_: unknown, { code, connections }: Parameters) => code < 2 ** connections,
      repair: (parameters: Parameters) => ({
        ...parameters,
        code: parameters.code % 2 ** parameters.connections,
      }),
      violate: (parameters: Parameters) => ({ ...parameters, code: 2 ** parameters.connections }),
    },
  ],
  outputs: { mask: bits('1 for each connection that is there', 'P') },
  classes: {
    'no connection': ({ parameters: p }: CaseView) => p.code === 0,
    'all connections': ({ parameters: p }: CaseView) => p.code === 2 ** p.connections - 1,
    'some connections': ({ parameters: p }: CaseView) =>
      p.code > 0 && p.code < 2 ** p.connections - 1,
    'one connection in all': ({ parameters: p }: CaseView) => p.connections === 1,
  },
})

const loss = {
  matrix: array('the second derivatives of the loss', 'P', 'P'),
  minimum: array('where the loss is stationary', 'P'),
} as const
const price = real({ min: 0, from: 0, to: 2, values: [0, 0.5, 1] })

/** What networks are worth of which some connections are there. */
export const maskFitness = operation({
  id: 'pruning.maskFitness',
  title: 'Loss and size of networks with some of the connections',
  level: 'core',
  dimensions: { Networks: free(1, 4, 'networks'), P: free(1, 4, 'connections') },
  inputs: {
    masks: bits('1 for each connection that a network has', 'Networks', 'P'),
    weights: array('the weight of each connection', 'P'),
    ...loss,
  },
  parameters: { price },
  work: ({ Networks, P }) => Networks! * P! ** 2,
  sums: 'The sums are of products of three, of differences of inputs.',
  outputs: {
    networks: array('the weights of each network, 0 where there is no connection', 'Networks', 'P'),
    fitness: array('the loss of each network, and the price of its connections', 'Networks'),
  },
  classes: {
    'a network with all connections': ({ inputs: { masks }, sizes: { P } }: CaseView) =>
      counts(masks!.data, P!).includes(P!),
    'a network with none': ({ inputs: { masks }, sizes: { P } }: CaseView) =>
      counts(masks!.data, P!).includes(0),
    'several networks': ({ sizes }: CaseView) => sizes.Networks! > 1,
    'connections that cost nothing': ({ parameters: p }: CaseView) => p.price === 0,
    'connections that cost something': ({ parameters: p }: CaseView) => p.price > 0,
  },
})

/** How many connections each network has. */
function counts(masks: ArrayLike<number>, P: number): readonly number[] {
  return Array.from({ length: masks.length / P }, (_, n) =>
    Array.from({ length: P }, (_, k) => masks[n * P + k]!).reduce((sum, bit) => sum + bit, 0),
  )
}

/** One generation of a search for connections and weights. */
export const evolveMasks = operation({
  id: 'pruning.evolveMasks',
  title: 'Generation of an evolutionary search for masks and weights',
  level: 'core',
  dimensions: {
    Parents: free(1, 3, 'networks that are kept'),
    Children: free(1, 4, 'networks that are made of them'),
    P: free(1, 4, 'connections'),
  },
  inputs: {
    masks: bits('1 for each connection that a parent has', 'Parents', 'P'),
    weights: array('the weights of each parent', 'Parents', 'P'),
    flips: bits('1 for each connection that a child has the other way round', 'Children', 'P'),
    noise: array('what is added to the weights of each child', 'Children', 'P'),
    ...loss,
  },
  parameters: { price },
  work: ({ Parents, Children, P }) => (Parents! + Children!) * P! ** 2,
  effort: () => 4,
  sums: 'Which networks are kept is decided by sums, and the rest of the answer depends on it.',
  outputs: {
    masks: bits('the connections of those that are kept, the best one first', 'Parents', 'P'),
    weights: array('their weights', 'Parents', 'P'),
    fitness: array('their loss, and the price of their connections', 'Parents'),
  },
  classes: {
    'a child like its parent': ({ inputs: { flips, noise }, sizes: { P } }: CaseView) =>
      counts(flips!.data, P!).some(
        (count, n) => count === 0 && noise!.data.slice(n * P!, (n + 1) * P!).every((v) => v === 0),
      ),
    'a child with other connections': ({ inputs: { flips } }: CaseView) => flips!.data.includes(1),
    'more children than parents': ({ sizes }: CaseView) => sizes.Children! > sizes.Parents!,
    'more parents than children': ({ sizes }: CaseView) => sizes.Parents! > sizes.Children!,
  },
})

export const maskEncoding = clause({
  id: 'pruning.search.mask-encoding',
  title: 'A vector of bits says which connections a network has, and every vector is a network',
  kind: 'formula',
  operations: [maskFromCode, maskFitness, maskedDense, sensitivity],
  statement:
    'The connections of a network of $P$ possible ones are a vector of $P$ bits, so that there are $2^P$ networks: each number below that stands for one, its lowest binary digit for the first connection. Beside the bits there is a vector of weights, and the network has the product of both, which is 0 where there is no connection. Ones alone are the whole network, and the connections that two networks have in common are the product of their masks. What a network is worth is its loss, and a price for each connection.',
  formula: String.raw`m_k = \lfloor c / 2^k \rfloor \bmod 2,\qquad c = \sum_k 2^k m_k,\qquad F(m, w) = E(m \odot w) + \lambda \sum_k m_k`,
  domain: 'Codes of up to 16 connections; networks of any number, on a quadratic loss.',
  conventions: [
    {
      choice: 'The first connection is the lowest digit.',
      others: 'Code that reads bits as text has it the other way round.',
    },
  ],
  source: {
    notes: [
      [193, 193],
      [194, 194],
    ],
    publications: [{ ...whitley, where: 'the encoding of connections as bits' }],
  },
  errata: [],
})

export const evolution = clause({
  id: 'pruning.search.evolution',
  title: 'A search that keeps the best of parents and children never loses what it found',
  kind: 'algorithm',
  operations: [evolveMasks, maskFitness],
  statement:
    'Each child has the mask of a parent with some bits flipped, and its weights with something added; parents take turns. Of parents and children together those with the lowest values are kept, the best first, so that the best value never rises from generation to generation. With the weights as they are, it is never below the best of all $2^P$ networks, and reaches it as soon as the children are all of them. What flips and what is added are drawn outside: a generation is a function of both.',
  formula: String.raw`m'_b = m_{b \bmod A} \oplus f_b,\qquad w'_b = w_{b \bmod A} + \xi_b,\qquad \{1, \dots, A\} \text{ best of } A + B \text{ by } F,\qquad \min F_{t+1} \le \min F_t`,
  domain: 'Any parents, flips and noise, on a quadratic loss.',
  conventions: [
    {
      choice: 'Parents and children compete: the strategy (μ + λ).',
      others: 'In (μ, λ) parents die, and the best value can rise.',
    },
    {
      choice:
        'Of equal values a parent goes before a child, and the lower index before the higher.',
      others: 'Some prefer children, to move on along plateaus.',
    },
    {
      choice: 'Weights evolve with the masks.',
      others:
        'Others train the weights of each mask by gradients, which makes every value a training.',
    },
  ],
  source: {
    notes: [
      [193, 193],
      [194, 194],
      [221, 221],
    ],
    publications: [
      { ...beyer, where: 'section 3, the strategy (μ + λ)' },
      { ...whitley, where: 'the search for connections' },
    ],
  },
  errata: [],
})
