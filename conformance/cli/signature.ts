import type { Operation } from '../../spec/language/operation.ts'

/** The axes of an array: `N × H × W × K`, or `number` for a single one. */
export function shapeInWords(axes: readonly string[]): string {
  return axes.length === 0 ? 'number' : axes.join(' × ')
}

/** `cnn.conv2d(x: N × H × W × K, …; strides, …) → y: N × Ho × Wo × Q` */
export function signature({ id, inputs, parameters, outputs }: Operation): string {
  const arrays = (all: Operation['inputs']) =>
    Object.entries(all).map(
      ([name, { axes, optional }]) => `${name}${optional ? '?' : ''}: ${shapeInWords(axes)}`,
    )
  const names = Object.keys(parameters)
  const taken = [arrays(inputs).join(', '), names.join(', ')].filter((text) => text !== '')
  return `${id}(${taken.join('; ')}) → ${arrays(outputs).join(', ')}`
}
