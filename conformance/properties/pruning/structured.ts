import { build } from '../../../reference/arithmetic/array.ts'
import { derived } from '../../../spec/language/operation.ts'
import { compressedRows } from '../../../spec/pruning/sparse.ts'
import {
  keepFilters,
  keepUnits,
  pruningCosts,
  structured,
} from '../../../spec/pruning/structured.ts'
import { networkOfUnits } from '../../../spec/pruning/unit.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, filled, numbers, plain, zeros } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { forgetsPointers } from './sparse-faults.ts'
import {
  acceptsMore,
  byLargestElement,
  channelsStay,
  countsZerosAsSaved,
  foldsAlways,
  foldsBias,
  forgetsConstant,
  forgetsIndices,
  forgetsStarts,
  halvesExactly,
  keepsBySize,
  keepsFirst,
  keepsLowerOfEqual,
  keepsShape,
  keepsSmallestFilters,
  leavesBehind,
  takesOutgoing,
  takesSums,
} from './structured-faults.ts'

export const structuredProperties = properties(
  structured,
  agreementTwice(keepUnits, {
    name: 'units',
    kills: [
      takesSums,
      takesOutgoing,
      keepsFirst,
      forgetsConstant,
      foldsAlways,
      foldsBias,
      keepsBySize,
      leavesBehind,
    ],
  }),
  agreementTwice(keepFilters, {
    name: 'filters',
    kills: [channelsStay, byLargestElement, keepsSmallestFilters],
  }),
  agreementTwice(pruningCosts, {
    name: 'costs',
    kills: [forgetsIndices, forgetsStarts, halvesExactly, countsZerosAsSaved, keepsShape],
  }),
  law('same-function', {
    of: {
      ...keepUnits,
      inputs: { ...keepUnits.inputs, x: networkOfUnits.inputs.x },
      dimensions: { ...keepUnits.dimensions, N: networkOfUnits.dimensions.N },
    },
    asks: [keepUnits, networkOfUnits],
    title: 'the small network gives what the whole one does with the units, or their inputs, at 0',
    kills: [forgetsConstant, foldsAlways, foldsBias, leavesBehind],
    share: 0.5,
    async holds({ answer, arithmetic, inputs, measure, parameters, sizes: { M, Kept } }) {
      const { x, ...network } = inputs
      const small = await answer(keepUnits, network, parameters)
      const units = numbers(arithmetic, small.units)
      const isWhole = parameters.removal === 'units'
      const columns = changed(network.weights1, (w, at) => (units.data[at % M!] === 1 ? w : 0))
      const whole = {
        ...network,
        x,
        weights1: isWhole ? network.weights1 : columns,
        units: isWhole ? units : filled([M!], 1),
      }
      const plainly = {
        x,
        weights1: numbers(arithmetic, small.weights1),
        bias1: numbers(arithmetic, small.bias1),
        weights2: numbers(arithmetic, small.weights2),
        bias2: numbers(arithmetic, small.bias2),
        units: filled([Kept!], 1),
      }
      return [
        {
          label: 'y',
          expected: (await measure(networkOfUnits, whole, {})).y,
          actual: (await measure(networkOfUnits, plainly, {})).y,
        },
      ]
    },
  }),
  law('largest', {
    of: keepUnits,
    title: 'the largest sums of magnitudes are kept, of equal ones those with the higher index',
    kills: [takesSums, takesOutgoing, keepsFirst, keepsLowerOfEqual],
    share: 0.5,
    async holds({ answer, exact, inputs, parameters, sizes: { D, M } }) {
      const W = plain(inputs.weights1)
      const { units } = await answer(keepUnits, inputs, parameters)
      // Sums of small whole numbers are exact, so that equal ones are equal.
      const score = (j: number) =>
        Array.from({ length: D! }, (_, i) => Math.abs(W.at(i, j))).reduce((s, w) => s + w, 0)
      const order = Array.from({ length: M! }, (_, j) => j).sort(
        (i, j) => score(j) - score(i) || j - i,
      )
      const kept = new Set(order.slice(0, parameters.kept))
      return [
        {
          label: 'units',
          expected: exact(build([M!], (j) => (kept.has(j) ? 1 : 0))),
          actual: units,
        },
      ]
    },
  }),
  law('as-units', {
    of: {
      ...keepFilters,
      dimensions: {
        ...keepFilters.dimensions,
        Rows: derived(() => 1, 'row of a kernel'),
        Columns: derived(() => 1, 'column of a kernel'),
      },
    },
    asks: [keepFilters, keepUnits],
    title: 'filters of one pixel are kept as units are',
    kills: [keepsSmallestFilters, channelsStay, keepsLowerOfEqual],
    share: 0.5,
    async holds({ answer, inputs, parameters, sizes: { Channels, Filters, Behind } }) {
      const found = await answer(keepFilters, inputs, parameters)
      const [F, next] = [plain(inputs.filters), plain(inputs.next)]
      const network = {
        weights1: build([Channels!, Filters!], (k, q) => F.at(0, 0, k, q)),
        bias1: inputs.bias,
        weights2: build([Filters!, Behind!], (q, r) => next.at(0, 0, q, r)),
        bias2: zeros([Behind!]),
      }
      const units = await answer(keepUnits, network, { ...parameters, removal: 'units' })
      return [
        { label: 'which', expected: units.units, actual: found.left },
        { label: 'bias', expected: units.bias1, actual: found.bias },
        {
          label: 'next',
          expected: units.weights2,
          actual: build(units.weights2.shape, (q, r) => found.next.at(0, 0, q, r)),
        },
      ]
    },
  }),
  law('storage', {
    of: {
      dimensions: { D: compressedRows.dimensions.D, M: compressedRows.dimensions.M },
      inputs: { weights: compressedRows.inputs.weights },
      parameters: compressedRows.parameters,
    },
    asks: [pruningCosts, compressedRows],
    title: 'what sparse rows take is what they take indeed, and never less than the small layer',
    kills: [forgetsIndices, forgetsStarts, forgetsPointers, keepsShape],
    share: 0.5,
    async holds({ answer, arithmetic, parameters, sizes: { D, M } }) {
      const kept = Math.max(1, M! - 1)
      const weights = build([D!, M!], (_, j) => (j < kept ? 1 : 0))
      const rows = await answer(compressedRows, { weights }, parameters)
      const layer = { ...parameters, samples: 1, before: D!, units: M!, kept }
      const costs = await answer(pruningCosts, {}, layer)
      return [
        { label: 'sparse rows', expected: rows.sparseBits, actual: costs.rowsBits },
        atMost(arithmetic, 'the small layer', costs.unitsBits.at(), rows.sparseBits.at()),
        atMost(arithmetic, 'products', costs.unitsProducts.at(), costs.denseProducts.at()),
      ]
    },
  }),
  worked('by-hand', {
    of: keepUnits,
    title: 'of scores 3 and 2 the second unit goes: of its bias 4, times 5, 20 are left behind',
    kills: [forgetsConstant, takesOutgoing],
    cases: [
      {
        says: 'its incoming weights',
        inputs: {
          weights1: tensor([2, 2], [3, -1, 0, 1]),
          bias1: tensor([2], [-2, 4]),
          weights2: tensor([2, 1], [1, 5]),
          bias2: tensor([1], [1]),
        },
        parameters: { kept: 1, removal: 'incoming weights' },
        gives: { units: [1, 0], weights1: [3, 0], bias1: [-2], weights2: [1], bias2: [21] },
      },
      {
        says: 'the unit',
        inputs: {
          weights1: tensor([2, 2], [3, -1, 0, 1]),
          bias1: tensor([2], [-2, 4]),
          weights2: tensor([2, 1], [1, 5]),
          bias2: tensor([1], [1]),
        },
        parameters: { kept: 1, removal: 'units' },
        gives: { units: [1, 0], weights1: [3, 0], bias1: [-2], weights2: [1], bias2: [1] },
      },
    ],
  }),
  worked('half', {
    of: pruningCosts,
    title: 'half of 1024 × 1024 weights of 16 bits: 1 MiB as units, 2 MiB and more in sparse rows',
    kills: [forgetsIndices, keepsShape, countsZerosAsSaved],
    parameters: { samples: 1, before: 1024, units: 1024, kept: 512, valueBits: 16, indexBits: 16 },
    gives: {
      denseBits: [16_777_216],
      unitsBits: [8_388_608],
      rowsBits: [16_793_616],
      fourBits: [9_437_184],
      denseProducts: [1_048_576],
      unitsProducts: [524_288],
    },
  }),
  rejection('rejected', keepUnits, invalidities(keepUnits), {
    title: 'more units than there are, and other wrong arguments are rejected',
    kills: [acceptsMore],
  }),
)
