import { elements, type Tensor } from '../../spec/language/tensor.ts'
import type { Accumulator, Arithmetic } from './arithmetic.ts'

/** An array of numbers of any arithmetic, row-major; an index outside its shape is an error. */
export interface NumberArray<T> {
  readonly shape: readonly number[]
  readonly data: readonly T[]
  at(...index: number[]): T
}

/** The position of an element in row-major order. Throws `RangeError` outside the shape. */
function offset(shape: readonly number[], index: readonly number[]): number {
  if (index.length !== shape.length) {
    throw new RangeError(`${index.length} indices for an array of shape [${shape.join(', ')}]`)
  }
  let position = 0
  for (let axis = 0; axis < shape.length; axis++) {
    const i = index[axis]
    if (!(i >= 0 && i < shape[axis])) {
      throw new RangeError(`index [${index.join(', ')}] outside shape [${shape.join(', ')}]`)
    }
    position = position * shape[axis] + i
  }
  return position
}

/** An array over existing elements, given in row-major order. */
export function fromData<T>(shape: readonly number[], data: readonly T[]): NumberArray<T> {
  if (data.length !== elements(shape)) {
    throw new RangeError(`${data.length} elements for the shape [${shape.join(', ')}]`)
  }
  switch (shape.length) {
    case 1:
      return new Array1(shape, data)
    case 2:
      return new Array2(shape, data)
    case 3:
      return new Array3(shape, data)
    case 4:
      return new Array4(shape, data)
    default:
      return new ArrayOfAnyRank(shape, data)
  }
}

class ArrayOfAnyRank<T> implements NumberArray<T> {
  /** The sizes of the first four axes; 0 where there are fewer. */
  protected readonly A: number
  protected readonly B: number
  protected readonly C: number
  protected readonly D: number

  constructor(
    readonly shape: readonly number[],
    readonly data: readonly T[],
  ) {
    this.A = shape[0] ?? 0
    this.B = shape[1] ?? 0
    this.C = shape[2] ?? 0
    this.D = shape[3] ?? 0
  }

  at(...index: number[]): T {
    return this.data[offset(this.shape, index)]!
  }
}

/*
 * To read an element is the innermost step of every formula, so each usual number of axes has its own
 * way, which needs no array of indices. One index too many is seen in the last place, one too few as
 * an index that is not in its range; what is wrong is then said in the slow way.
 */

class Array1<T> extends ArrayOfAnyRank<T> {
  override at(a?: number, more?: number): T {
    const inside = a! >= 0 && a! < this.A
    return inside && more === undefined ? this.data[a!]! : super.at(...given(a, more))
  }
}

class Array2<T> extends ArrayOfAnyRank<T> {
  override at(a?: number, b?: number, more?: number): T {
    const inside = a! >= 0 && a! < this.A && b! >= 0 && b! < this.B
    return inside && more === undefined
      ? this.data[a! * this.B + b!]!
      : super.at(...given(a, b, more))
  }
}

class Array3<T> extends ArrayOfAnyRank<T> {
  override at(a?: number, b?: number, c?: number, more?: number): T {
    const inside = a! >= 0 && a! < this.A && b! >= 0 && b! < this.B && c! >= 0 && c! < this.C
    return inside && more === undefined
      ? this.data[(a! * this.B + b!) * this.C + c!]!
      : super.at(...given(a, b, c, more))
  }
}

class Array4<T> extends ArrayOfAnyRank<T> {
  override at(a?: number, b?: number, c?: number, d?: number, more?: number): T {
    const inside =
      a! >= 0 &&
      a! < this.A &&
      b! >= 0 &&
      b! < this.B &&
      c! >= 0 &&
      c! < this.C &&
      d! >= 0 &&
      d! < this.D
    return inside && more === undefined
      ? this.data[((a! * this.B + b!) * this.C + c!) * this.D + d!]!
      : super.at(...given(a, b, c, d, more))
  }
}

function given(...index: (number | undefined)[]): number[] {
  return index.filter((i) => i !== undefined)
}

/** Every index of a shape, in row-major order. The same array is reused: copy it to keep it. */
export function* indices(shape: readonly number[]): Generator<number[]> {
  const count = elements(shape)
  const index = shape.map(() => 0)
  for (let position = 0; position < count; position++) {
    yield index
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++index[axis] < shape[axis]) break
      index[axis] = 0
    }
  }
}

/** The array whose element at each index is `element(...index)`: a formula with free indices. */
export function build<T>(
  shape: readonly number[],
  element: (...index: number[]) => T,
): NumberArray<T> {
  return fromData(shape, gather(shape, element))
}

/** Does something at every index, in row-major order. */
export function forEach(shape: readonly number[], act: (...index: number[]) => void): void {
  gather(shape, act)
}

/** The array of what a function of one number gives for each element. */
export function elementwise<T, U>(x: NumberArray<T>, f: (value: T) => U): NumberArray<U> {
  return fromData(
    x.shape,
    x.data.map((value) => f(value)),
  )
}

/** At least one array, all of one shape, one after the other along a new first axis. */
export function stacked<T>(arrays: readonly NumberArray<T>[]): NumberArray<T> {
  return fromData(
    [arrays.length, ...arrays[0]!.shape],
    arrays.flatMap(({ data }) => data),
  )
}

/** The array at a position of the first axis: what `stacked` had there. */
export function memberOf<T>(stack: NumberArray<T>, position: number): NumberArray<T> {
  return build(stack.shape.slice(1), (...at) => stack.at(position, ...at))
}

/**
 * The sum over every index of a shape: `sum(a, [Hf, Wf, K], (u, v, k) => …)` is Σ_u Σ_v Σ_k …
 * with 0 ≤ u < Hf and so on.
 */
export function sum<T>(
  arithmetic: Arithmetic<T>,
  ranges: readonly number[],
  term: (...index: number[]) => T,
): T {
  if (arithmetic.accumulator === undefined) return arithmetic.total(gather(ranges, term))
  const open = arithmetic.accumulator()
  // Short functions, so that the compiler can take formulas into them.
  if (ranges.length === 3) addOver3(open, ranges[0]!, ranges[1]!, ranges[2]!, term)
  else if (ranges.length === 1) addOver1(open, ranges[0]!, term)
  else if (ranges.length === 2) addOver2(open, ranges[0]!, ranges[1]!, term)
  else addOverAny(open, ranges, term)
  return open.total()
}

/**
 * The sum of the products of two factors over every index of a shape: Σ_u Σ_v Σ_k x · y. The same as
 * `sum` of their products; most formulas spend nearly all of their time in such a sum, and here no product
 * needs to be made as a number of its own.
 */
export function sumOfProducts<T>(
  arithmetic: Arithmetic<T>,
  ranges: readonly number[],
  x: (...index: number[]) => T,
  y: (...index: number[]) => T,
): T {
  const open = arithmetic.accumulator?.()
  if (open?.addProduct === undefined || ranges.length === 0 || ranges.length > 3) {
    return sum(arithmetic, ranges, (...at) => arithmetic.multiply(x(...at), y(...at)))
  }
  const products = open as Products<T>
  const [A, B, C] = ranges as [number, number, number]
  if (ranges.length === 3) addProducts3(products, A, B, C, x, y)
  else if (ranges.length === 2) addProducts2(products, A, B, x, y)
  else addProducts1(products, A, x, y)
  return open.total()
}

type Products<T> = Required<Accumulator<T>>

function addProducts1<T>(open: Products<T>, A: number, x: (a: number) => T, y: (a: number) => T) {
  for (let a = 0; a < A; a++) open.addProduct(x(a), y(a))
}

function addProducts2<T>(
  open: Products<T>,
  A: number,
  B: number,
  x: (a: number, b: number) => T,
  y: (a: number, b: number) => T,
) {
  for (let a = 0; a < A; a++) for (let b = 0; b < B; b++) open.addProduct(x(a, b), y(a, b))
}

function addProducts3<T>(
  open: Products<T>,
  A: number,
  B: number,
  C: number,
  x: (a: number, b: number, c: number) => T,
  y: (a: number, b: number, c: number) => T,
) {
  for (let a = 0; a < A; a++)
    for (let b = 0; b < B; b++) for (let c = 0; c < C; c++) open.addProduct(x(a, b, c), y(a, b, c))
}

function addOver1<T>(open: Accumulator<T>, A: number, term: (a: number) => T) {
  for (let a = 0; a < A; a++) open.add(term(a))
}

function addOver2<T>(
  open: Accumulator<T>,
  A: number,
  B: number,
  term: (a: number, b: number) => T,
) {
  for (let a = 0; a < A; a++) for (let b = 0; b < B; b++) open.add(term(a, b))
}

function addOver3<T>(
  open: Accumulator<T>,
  A: number,
  B: number,
  C: number,
  term: (a: number, b: number, c: number) => T,
) {
  for (let a = 0; a < A; a++)
    for (let b = 0; b < B; b++) for (let c = 0; c < C; c++) open.add(term(a, b, c))
}

function addOverAny<T>(
  open: Accumulator<T>,
  ranges: readonly number[],
  term: (...index: number[]) => T,
) {
  for (const index of indices(ranges)) open.add(term(...index))
}

/** What a function gives at every index, in row-major order; up to four axes without a generator. */
function gather<T>(shape: readonly number[], at: (...index: number[]) => T): T[] {
  const gathered = new Array<T>(elements(shape))
  const [A, B, C, D] = shape as [number, number, number, number]
  let position = 0
  switch (shape.length) {
    case 1:
      for (let a = 0; a < A; a++) gathered[position++] = at(a)
      break
    case 2:
      for (let a = 0; a < A; a++) for (let b = 0; b < B; b++) gathered[position++] = at(a, b)
      break
    case 3:
      for (let a = 0; a < A; a++)
        for (let b = 0; b < B; b++) for (let c = 0; c < C; c++) gathered[position++] = at(a, b, c)
      break
    case 4:
      for (let a = 0; a < A; a++)
        for (let b = 0; b < B; b++)
          for (let c = 0; c < C; c++)
            for (let d = 0; d < D; d++) gathered[position++] = at(a, b, c, d)
      break
    default:
      for (const index of indices(shape)) gathered[position++] = at(...index)
  }
  return gathered
}

/** The elements of a tensor, taken as exact numbers of an arithmetic. */
export function lift<T>(
  arithmetic: Arithmetic<T>,
  { shape, data }: { readonly shape: Tensor['shape']; readonly data: ArrayLike<number> },
): NumberArray<T> {
  const lifted = new Array<T>(data.length)
  if (arithmetic.name === 'number') {
    // Numbers are what they stand for; most arrays by far are of them.
    const numbers = lifted as number[]
    for (let i = 0; i < data.length; i++) numbers[i] = data[i]!
  } else for (let i = 0; i < data.length; i++) lifted[i] = arithmetic.exact(data[i]!)
  return fromData(shape, lifted)
}
