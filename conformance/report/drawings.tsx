import { figure } from '../base/text.ts'
import type { Drawings, Sheet } from '../experiments/experiment.ts'
import { bitmapOf } from './bitmap.ts'
import { Chart } from './chart.tsx'
import { Scroll } from './markup.tsx'

/** Digits that networks drew, the way between two of them, and the losses that led there. */
export function DrawingsSection({ drawings }: { drawings: Drawings }) {
  const { setting, grid, nearest, between, shares, fromFirst, fromLast } = drawings
  const digits = Array.from({ length: 10 }, (_, digit) => nearest.filter((n) => n.digit === digit))
  return (
    <section>
      <h3>Digits that a small DCGAN draws</h3>
      <p>{setting}</p>
      <Picture
        sheet={grid}
        alternative={`${nearest.length} images that the generator made of noise. Which digits are nearest to them is in the table below.`}
        caption={`${nearest.length} images of noise, ${grid.width} × ${grid.height} pixels in all.`}
      />
      <Table
        head={['nearest digit of those learned from', ...digits.keys()]}
        rows={[
          ['images', ...digits.map(({ length }) => length)],
          [
            'mean distance',
            ...digits.map((all) => all.reduce((sum, n) => sum + n.distance, 0) / all.length),
          ],
        ]}
      />
      <p>Distances are roots of mean squared differences of pixels between 0 and 1.</p>
      <Picture
        sheet={between}
        alternative={`${shares.length} images on a straight line between two noise vectors, each of which has a little more of the last one. How far they are from both ends is in the table below.`}
        caption={`The way from one noise vector to another, ${between.width} × ${between.height} pixels in all.`}
      />
      <Table
        head={['share of the way', ...shares.map(figure)]}
        rows={[
          ['distance from the first', ...fromFirst],
          ['distance from the last', ...fromLast],
        ]}
      />
      <LossesOfDrawing drawings={drawings} />
    </section>
  )
}

function Picture({
  sheet,
  alternative,
  caption,
}: {
  sheet: Sheet
  alternative: string
  caption: string
}) {
  const { width, height } = sheet
  return (
    <figure class="sheet">
      <img src={bitmapOf(sheet)} alt={alternative} width={2 * width} height={2 * height} />
      <figcaption>{caption}</figcaption>
    </figure>
  )
}

function LossesOfDrawing({ drawings }: { drawings: Drawings }) {
  const { axis, places, discriminator, generator } = drawings
  return (
    <>
      <Chart
        label={`Losses of a DCGAN by ${axis}, at ${places[0]} and at ${places.at(-1)}: of the discriminator, ${figure(discriminator[0]!)} and ${figure(discriminator.at(-1)!)}; of the generator, ${figure(generator[0]!)} and ${figure(generator.at(-1)!)}. All numbers are in the table below.`}
        axis={axis}
        places={places}
        series={[
          { name: 'loss of the discriminator', values: discriminator },
          { name: 'loss of the generator', values: generator },
        ]}
      />
      <Table
        head={[axis, ...places]}
        rows={[
          ['loss of the discriminator', ...discriminator],
          ['loss of the generator', ...generator],
        ]}
      />
    </>
  )
}

type Cell = string | number
/** A number, or nothing where there is none. */
const shown = (cell: Cell) =>
  typeof cell === 'string' ? cell : Number.isNaN(cell) ? '' : figure(Number(cell.toPrecision(3)))

function Table({ head, rows }: { head: readonly Cell[]; rows: readonly (readonly Cell[])[] }) {
  return (
    <Scroll>
      <table class="spreads">
        <thead>
          <tr>
            {head.map((cell) => (
              <th>{shown(cell)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...cells]) => (
            <tr>
              <th scope="row">{name}</th>
              {cells.map((cell) => (
                <td>{shown(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
