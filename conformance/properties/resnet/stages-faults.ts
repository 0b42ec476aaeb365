import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { conv2d as conv2dReference } from '../../../reference/cnn/conv2d.ts'
import {
  stageCosts as costsReference,
  stageMemory as memoryReference,
  stageShapes as shapesReference,
} from '../../../reference/resnet/stages.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { stageCosts, stageMemory, stageShapes } from '../../../spec/resnet/stages.ts'
import { fault, mapArray } from '../../kit/fault.ts'

export const roundsDown = fault(
  stageShapes,
  shapesReference,
  'rounds odd sizes down',
  ({ inputs, parameters, right }) => {
    const { rows, columns, stages } = parameters
    const { shapes } = right(inputs, parameters)
    const down = (size: number, s: number) => Math.max(1, Math.floor(size / 2 ** s))
    return {
      shapes: build([stages, 3], (s, axis) =>
        axis === 0 ? down(rows, s) : axis === 1 ? down(columns, s) : shapes.at(s, axis),
      ),
    }
  },
)

export const keepsChannels = fault(
  stageShapes,
  shapesReference,
  'keeps the number of channels',
  ({ inputs, parameters, right }) => {
    const { shapes } = right(inputs, parameters)
    return { shapes: mapArray(shapes, (size, k) => (k % 3 === 2 ? parameters.channels : size)) }
  },
)

export const halvesFirst = fault(
  stageShapes,
  shapesReference,
  'halves on entering the first stage already',
  ({ inputs, parameters, right }) => {
    const half = (size: number) => Math.ceil(size / 2)
    const { rows, columns } = parameters
    return right(inputs, { ...parameters, rows: half(rows), columns: half(columns) })
  },
)

export const padsBehind = fault(
  conv2d,
  conv2dReference,
  'moves all padding to the bottom and right when it strides, as `same` does on even sizes',
  ({ inputs, parameters, right }) =>
    right(
      inputs,
      parameters.strides[0] > 1 ? { ...parameters, padding: [0, 2, 0, 2] } : parameters,
    ),
)

export const doublesCost = fault(
  stageCosts,
  costsReference,
  'counts the doubled channels once instead of on both sides',
  ({ inputs, parameters, right }) => {
    const { multiplyAdds, weights } = right(inputs, parameters)
    return {
      multiplyAdds: mapArray(multiplyAdds, (count, s) => count / 2 ** s),
      weights: mapArray(weights, (count, s) => count / 2 ** s),
    }
  },
)

export const halvesOneSide = fault(
  stageCosts,
  costsReference,
  'halves the rows and keeps the columns',
  ({ inputs, parameters, right }) => {
    const { multiplyAdds, weights } = right(inputs, parameters)
    const { columns } = parameters
    return {
      weights,
      multiplyAdds: mapArray(
        multiplyAdds,
        (count, s) => (count / Math.ceil(columns / 2 ** s)) * columns,
      ),
    }
  },
)

export const memoryConstant = fault(
  stageMemory,
  memoryReference,
  'E-16 read literally: every stage holds as much as the first',
  ({ inputs, parameters, right }) => {
    const { memory, total } = right(inputs, parameters)
    if (!parameters.halves) return { memory, total }
    const constant = mapArray(memory, () => memory.data[0]!)
    return { memory: constant, total: fromData([], [memory.data[0]! * parameters.stages]) }
  },
)

export const memoryQuarters = fault(
  stageMemory,
  memoryReference,
  'forgets that the channels double',
  ({ inputs, parameters, right }) => {
    const { memory, total } = right(inputs, parameters)
    return { memory: mapArray(memory, (count, s) => count / 2 ** s), total }
  },
)

export const alwaysHalves = fault(
  stageMemory,
  memoryReference,
  'halves rows and columns even where they are kept',
  ({ inputs, parameters, right }) => right(inputs, { ...parameters, halves: true }),
)
