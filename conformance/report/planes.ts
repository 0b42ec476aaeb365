/** An array of which planes are drawn. */
export interface Drawn {
  readonly name: string
  /** The symbols of its axes, where a signature names them. */
  readonly axes: readonly string[] | null
  readonly shape: readonly number[]
  readonly data: ArrayLike<number>
}

/** What of an array lies in one plane, as positions in row-major order: as many as are read at a glance. */
export interface Plane {
  /** `x[0, ·, ·, 1]`; `null` where the array has no other plane. */
  readonly name: string | null
  readonly rows: readonly (readonly number[])[]
  /** Whether it goes on below, or to the right. */
  readonly isCut: readonly [rows: boolean, columns: boolean]
}

/** At most so many rows and columns are drawn, and so many planes. */
const [mostLines, mostPlanes] = [8, 3]

/** The planes of an array in which elements are marked, or its first, and how many others there are. */
export function planesOf(array: Drawn, marks: ReadonlySet<number>) {
  const { shape } = array
  const axes = axesOfPlane(array)
  const others = shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
  const count = others.reduce((product, size) => product * size, 1)
  const indices = [...marks].map((position) => indexOf(shape, position))
  const outside = (index: readonly number[]) =>
    index.map((i, axis) => (axes.includes(axis) ? 0 : i))
  const marked = new Map(indices.map((index) => [outside(index).join(), outside(index)]))
  const first = shape.map(() => 0)
  const shown = marked.size > 0 ? [...marked.values()].slice(0, mostPlanes) : [first]
  const planes = shown.map((base): Plane => {
    const own = indices.filter((index) => outside(index).join() === base.join())
    const [rows, columns] = axes.map((axis) => linesOf(shape, axis, own)) as [number[], number[]]
    return {
      name: count > 1 ? nameOf(array.name, base, axes) : null,
      rows: rows.map((row) =>
        columns.map((column) =>
          positionOf(shape, placed(placed(base, axes[0], row), axes[1], column)),
        ),
      ),
      isCut: [rows.length < sizeOf(shape, axes[0]), columns.length < sizeOf(shape, axes[1])],
    }
  })
  return { planes, left: count - planes.length }
}

/** The axes that run down and across; −1 for none. Those of one element are left out where they can be. */
function axesOfPlane({ shape, axes }: Drawn): readonly [down: number, across: number] {
  const last = shape.length - 1
  const image = (axes ?? []).findIndex(
    (axis, i) => /^H/.test(axis) && /^W/.test(axes?.[i + 1] ?? ''),
  )
  const wide = [...shape.keys()].filter((axis) => shape[axis]! > 1)
  const isImage = image >= 0 && wide.every((axis) => axis === image || axis === image + 1)
  if (isImage || (image >= 0 && wide.length > 2)) return [image, image + 1]
  if (wide.length === 2) return [wide[0]!, wide[1]!]
  if (wide.length < 2) return [-1, wide[0] ?? last]
  return axes?.[0] === 'T' ? [0, last] : [last - 1, last]
}

/** The lines of an axis that are drawn: all of them, or some from just before the first with a mark. */
function linesOf(shape: readonly number[], axis: number, marked: readonly (readonly number[])[]) {
  const size = sizeOf(shape, axis)
  const first = Math.min(...marked.map((index) => index[axis] ?? 0), size)
  const from = Math.max(0, Math.min(marked.length === 0 ? 0 : first - 1, size - mostLines))
  return Array.from({ length: Math.min(size, mostLines) }, (_, i) => from + i)
}

function sizeOf(shape: readonly number[], axis: number): number {
  return axis < 0 ? 1 : shape[axis]!
}

function placed(index: readonly number[], axis: number, at: number): readonly number[] {
  return axis < 0 ? index : index.with(axis, at)
}

function nameOf(name: string, base: readonly number[], axes: readonly number[]): string {
  return `${name}[${base.map((i, axis) => (axes.includes(axis) ? '·' : i)).join(', ')}]`
}

/** Where an element is in row-major order. */
export function positionOf(shape: readonly number[], index: readonly number[]): number {
  return index.reduce((position, i, axis) => position * shape[axis]! + i, 0)
}

function indexOf(shape: readonly number[], position: number): readonly number[] {
  let rest = position
  return shape
    .toReversed()
    .map((size) => {
      const i = rest % size
      rest = (rest - i) / size
      return i
    })
    .toReversed()
}
