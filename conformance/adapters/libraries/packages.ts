import { createRequire } from 'node:module'
import { findPackage } from '../../../impl/device/packages.ts'
import type { Tensor } from '../../../spec/language/tensor.ts'
import { UnrunnableError } from '../../base/errors.ts'
import { root } from '../../base/root.ts'
import type { Implementation } from '../../engine/implementation.ts'
import { type Definition, defineImplementation, tensor } from '../define.ts'
import { bare } from './bare.ts'
import type { PackageName } from './provisions.ts'

type Rows = readonly (readonly number[])[]

/** Arrays within arrays, as many deep as there are axes. */
function rowsOf({ shape, data }: Pick<Tensor, 'shape' | 'data'>): Rows {
  const [count = 1, ...rest] = shape
  const each = data.length / count
  const part = (i: number) => data.slice(i * each, (i + 1) * each)
  const rows = Array.from({ length: count }, (_, i) =>
    rest.length === 0 ? data[i] : rowsOf({ shape: rest, data: part(i) }),
  )
  return rows as unknown as Rows
}
const arrayOf = (rows: Rows) => tensor([rows.length, rows[0]!.length], rows.flat())

interface MlMatrix {
  SingularValueDecomposition: new (
    rows: Rows,
    options: { readonly autoTranspose: true },
  ) => Readonly<Record<'leftSingularVectors' | 'rightSingularVectors', { to2DArray(): Rows }>> & {
    readonly diagonal: readonly number[]
  }
}
interface SvdJs {
  SVD(rows: Rows): { readonly u: Rows; readonly q: readonly number[]; readonly v: Rows }
}
interface Numeric {
  svd(rows: Rows): { readonly U: Rows; readonly S: readonly number[]; readonly V: Rows }
}
interface Float16 {
  getFloat16(view: DataView, at: number): number
  setFloat16(view: DataView, at: number, x: number): void
}

type Given = Pick<Definition, 'operations' | 'precision' | 'supports' | 'unchecked'>

/** Both packages say so where they refuse others. */
const tall: Definition['supports'] & object = {
  'lowrank.svd': ({ sizes: { H, W } }) => H >= W || 'fewer rows than columns',
}
/** Its caller takes arrays apart. */
const rows = { 'lowrank.svd': 'it takes arrays of rows, by its types' }
const single = 'a call converts one number'

const float16: Definition['supports'] & object = {
  'quantization.encodeHalf': { parameters: { format: 'float16' } },
  'quantization.decodeHalf': { parameters: { format: 'float16' } },
}

const view = new DataView(new ArrayBuffer(2))

/** Small packages of npm, as their users call them. */
const packages: Readonly<Record<string, (loaded: never) => Given>> = {
  'ml-matrix': ({ SingularValueDecomposition }: MlMatrix) => ({
    precision: 'float64',
    operations: {
      'lowrank.svd': ({ weights }) => {
        const found = new SingularValueDecomposition(rowsOf(weights), { autoTranspose: true })
        return {
          U: arrayOf(found.leftSingularVectors.to2DArray()),
          S: tensor([found.diagonal.length], found.diagonal),
          V: arrayOf(found.rightSingularVectors.to2DArray()),
        }
      },
    },
  }),
  'svd-js': ({ SVD }: SvdJs) => ({
    precision: 'float64',
    supports: tall,
    unchecked: rows,
    operations: {
      'lowrank.svd': ({ weights }) => {
        const { u, q, v } = SVD(rowsOf(weights))
        return { U: arrayOf(u), S: tensor([q.length], q), V: arrayOf(v) }
      },
    },
  }),
  numeric: ({ svd }: Numeric) => ({
    precision: 'float64',
    supports: tall,
    unchecked: rows,
    operations: {
      'lowrank.svd': ({ weights }) => {
        const { U, S, V } = svd(rowsOf(weights))
        return { U: arrayOf(U), S: tensor([S.length], S), V: arrayOf(V) }
      },
    },
  }),
  '@petamoriken/float16': ({ getFloat16, setFloat16 }: Float16) => ({
    supports: float16,
    unchecked: { 'quantization.encodeHalf': single, 'quantization.decodeHalf': single },
    operations: {
      'quantization.encodeHalf': ({ x }) => {
        const codes = Array.from(x.data, (value) => {
          setFloat16(view, 0, value)
          return view.getUint16(0)
        })
        return { codes: tensor(x.shape, codes) }
      },
      'quantization.decodeHalf': ({ codes }) => {
        const x = Array.from(codes.data, (code) => {
          view.setUint16(0, code)
          return getFloat16(view, 0)
        })
        return { x: tensor(codes.shape, x) }
      },
    },
  }),
}

/** Where a package lies, and its version: in the folder of the user, or here. */
export const findSmall = (name: PackageName, folders = [process.cwd(), root]) =>
  findPackage(name, folders)

/** How to get one. */
export const installationOf = (name: PackageName) => `npm install ${name}`

/**
 * A package as it is.
 *
 * @throws {UnrunnableError} it is not installed
 */
export function packageAsItIs(name: PackageName, folders?: readonly string[]): Implementation {
  const found = findSmall(name, folders && [...folders])
  if (found === undefined) {
    throw new UnrunnableError(`${name} is not installed`, [installationOf(name)])
  }
  const loaded = createRequire(found.file)(found.file)
  const given = packages[name]!(loaded as never)
  return bare(name, defineImplementation({ name, version: found.version, ...given }))
}
