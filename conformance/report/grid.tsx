import { precise } from '../base/text.ts'
import { type Drawn, planesOf } from './planes.ts'

/** Numbers as a grid, with some elements marked: as wrong, as right, or as what is read. */
export function Grid({
  array,
  marks,
  kind,
  title = array.name,
  text = shortly,
}: {
  array: Drawn
  /** The positions that are marked, in row-major order. */
  marks: ReadonlySet<number>
  kind: 'wrong' | 'right' | 'read'
  title?: string
  text?: (value: number, position: number) => string
}) {
  const { planes, left } = planesOf(array, marks)
  return (
    <figure class="grid">
      <figcaption>
        {title} <small>{sizesIn(array)}</small>
      </figcaption>
      {planes.map(({ name, rows, isCut }) => (
        <>
          {name !== null && <p class="plane">{name}</p>}
          <table>
            <tbody>
              {rows.map((row) => (
                <tr>
                  {row.map((position) => {
                    const value = text(array.data[position]!, position)
                    if (!marks.has(position)) return <td>{value}</td>
                    return (
                      <td class={kind}>
                        <mark>{value}</mark>
                      </td>
                    )
                  })}
                  {isCut[1] && <td class="more">…</td>}
                </tr>
              ))}
            </tbody>
          </table>
          {isCut[0] && <p class="plane">…</p>}
        </>
      ))}
      {left > 0 && <p class="plane">{left === 1 ? '1 other plane' : `${left} other planes`}</p>}
    </figure>
  )
}

/** `H 2 × W 3` where the axes have symbols, without those of one element; else `1 × 2 × 3 × 1`. */
function sizesIn({ shape, axes }: Drawn): string {
  if (axes === null || axes.length !== shape.length) return shape.join(' × ')
  const wide = shape.flatMap((size, axis) => (size === 1 ? [] : [`${axes[axis]} ${size}`]))
  return wide.join(' × ')
}

/** A number in four digits. */
export function shortly(value: number): string {
  if (!Number.isFinite(value) || (Number.isInteger(value) && Math.abs(value) < 1e6)) {
    return precise(value)
  }
  return precise(Number(value.toPrecision(4)))
}

/** The same with as many digits more as two numbers take to differ. */
export function apart(value: number, other: number): string {
  for (let digits = 4; digits < 17; digits++) {
    const [one, two] = [value, other].map((each) => Number(each.toPrecision(digits)))
    if (one !== two) return digits === 4 ? shortly(value) : precise(one!)
  }
  return shortly(value)
}
