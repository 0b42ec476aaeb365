import { figure } from '../base/text.ts'
import type { Cloud, Mixture } from '../experiments/experiment.ts'
import { linearRangeOf } from '../experiments/outcome.ts'
import { Chart } from './chart.tsx'
import { Scroll } from './markup.tsx'
import { bandOf, rangesOf } from './ranges.ts'
import { RangesTable } from './ranges-table.tsx'

/** How far the plane is shown to each side, in hundredths. */
const side = 320

/** Samples of several losses in the plane, how they are shared out, and both losses over training. */
export function MixtureSection({ mixture }: { mixture: Mixture }) {
  const { games, itself, seed, samples } = mixture
  return (
    <section>
      <h3>Samples after training, and both losses</h3>
      <div class="clouds">
        {[...games, itself].map((cloud) => (
          <CloudPicture cloud={cloud} mixture={mixture} />
        ))}
      </div>
      <p>
        The first {itself.points.split(',').length} of {figure(samples)} samples after the last step
        of seed {seed}, from −{side / 100} to {side / 100} on both axes; circles are around what
        belongs to a mode.
      </p>
      <Scroll>
        <table class="spreads">
          <thead>
            <tr>
              <th>samples of</th>
              {itself.counts.map((_, mode) => (
                <th>{(360 * mode) / itself.counts.length}°</th>
              ))}
              <th>none</th>
            </tr>
          </thead>
          <tbody>
            {[...games, itself].map(({ name, counts }) => (
              <tr>
                <th scope="row">{name}</th>
                {counts.map((count) => (
                  <td>{count}</td>
                ))}
                <td>{samples - total(counts)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p>How many of these samples belong to the mode in each direction, and to none.</p>
      {games.map((game) => (
        <Losses game={game} mixture={mixture} />
      ))}
    </section>
  )
}

const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0)

function CloudPicture({ cloud, mixture }: { cloud: Cloud; mixture: Mixture }) {
  const { name, counts, points } = cloud
  const { middles, reach, samples } = mixture
  const label = `Samples of ${name}: ${total(counts)} of ${samples} belong to a mode, between ${Math.min(...counts)} and ${Math.max(...counts)} to each. All numbers are in the table below.`
  const dots = points.split(',').map((point) => {
    const [x, y] = point.split(' ')
    return `M${x} ${-Number(y)}h0`
  })
  return (
    <figure class="cloud">
      <svg viewBox={`${-side} ${-side} ${2 * side} ${2 * side}`} role="img" aria-label={label}>
        <title>{label}</title>
        {middles.map(([x, y]) => (
          <circle cx={(100 * x).toFixed(1)} cy={(-100 * y).toFixed(1)} r={100 * reach} />
        ))}
        <path d={dots.join('')} />
      </svg>
      <figcaption>{name}</figcaption>
    </figure>
  )
}

function Losses({ game, mixture }: { game: Mixture['games'][number]; mixture: Mixture }) {
  const { axis, places } = mixture
  const losses = [
    { name: 'loss of the discriminator', ranges: rangesOf(game.discriminator, linearRangeOf) },
    { name: 'loss of the generator', ranges: rangesOf(game.generator, linearRangeOf) },
  ]
  const ends = losses.map(
    ({ name, ranges }) =>
      `${name}, ${figure(ranges[0]!.middle)} and ${figure(ranges.at(-1)!.middle)}`,
  )
  return (
    <>
      <h4>Losses, {game.name}</h4>
      <Chart
        label={`Losses by ${axis}, ${game.name}, at ${figure(places[0]!)} and at ${figure(places.at(-1)!)}: ${ends.join('; ')}. All numbers are in the table below.`}
        axis={axis}
        places={places}
        series={losses.map(({ name, ranges }) => bandOf(name, ranges))}
      />
      <RangesTable axis={axis} places={places} columns={losses} />
    </>
  )
}
