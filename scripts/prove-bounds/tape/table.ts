import { chalk, echo } from 'zx'
import { type Breach, besiege, type Siege, settings } from './campaign.ts'
import type { Deep } from './networks.ts'

const row = (title: string, setting: string, ...figures: readonly string[]) =>
  (
    title.padEnd(43) +
    setting.padEnd(15) +
    figures.map((text) => text.padStart(10)).join('')
  ).trimEnd()

function show(siege: Siege) {
  const { network, precision, profile, trials, discarded, open, size, forwards } = siege
  const line = row(
    network,
    `${precision} ${profile}`,
    String(trials),
    String(discarded),
    open.toFixed(2),
    String(siege.breaches.length),
    size.toExponential(1),
    forwards.toExponential(1),
    siege.worst.toFixed(3),
    siege.milliseconds.toFixed(0),
  )
  echo(siege.breaches.length > 0 ? chalk.red(line) : line)
}

function explain({ network, precision, profile, seed, output, difference, bound }: Breach) {
  echo(`\n${network} in ${precision} with ${profile}, seed ${seed}, output ${output}:`)
  echo(`  off by ${difference}, bound ${bound}`)
}

/**
 * Sets the adversary on everything deep, and prints how its bounds fared: their size beside the largest
 * output, that of forward propagation, and the largest share that was used up.
 *
 * @param trials altogether, over the networks, all formats and profiles
 * @returns the exit code: 1 after a breach, or where no bound is used up by more than 0.8
 */
export function proveTape(chosen: readonly Deep[], trials: number, seed: number): number {
  const columns = ['trials', 'left out', 'open', 'breaches', 'tape', 'forward', 'worst', 'ms']
  echo(chalk.bold(row('network', 'format', ...columns)))
  const each = Math.ceil(trials / (chosen.length * settings.length))
  const sieges = chosen.flatMap((deep) =>
    settings.map((setting) => {
      const siege = besiege(deep, setting, each, seed)
      show(siege)
      return siege
    }),
  )
  const breaches = sieges.flatMap((siege) => siege.breaches)
  breaches.slice(0, 5).forEach(explain)
  const total = sieges.reduce((sum, siege) => sum + siege.trials, 0)
  const worst = Math.max(...sieges.map((siege) => siege.worst))
  echo(`\n${total} trials, ${breaches.length} breaches, worst ${worst.toFixed(3)}, seed ${seed}`)
  if (worst <= 0.8) echo('No bound is used up by more than 0.8: they are too wide.')
  return breaches.length > 0 || worst <= 0.8 ? 1 : 0
}
