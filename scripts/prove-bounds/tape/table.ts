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

/** What part of all trials each is to have. */
const sharesOf = (chosen: readonly Deep[]) => chosen.map(({ share = 1 }) => share)

/**
 * Sets the adversary on everything deep, and prints how its bounds fared: their size beside the largest
 * output, that of forward propagation, and the largest share that was used up.
 *
 * @param trials altogether, over the networks, all formats and profiles
 * @returns the exit code: 1 after a breach, or where something has no bound that is used up by more than 0.8
 */
export function proveTape(chosen: readonly Deep[], trials: number, seed: number): number {
  const columns = ['trials', 'left out', 'open', 'breaches', 'tape', 'forward', 'worst', 'ms']
  echo(chalk.bold(row('network', 'format', ...columns)))
  const sieges: Siege[] = []
  const tried = () => sieges.reduce((sum, siege) => sum + siege.trials, 0)
  const wanted = sharesOf(chosen)
  // What cannot be tried, since nothing is bounded in a narrow format, is left to those that come last.
  for (const [i, deep] of chosen.entries()) {
    const left = trials - tried()
    const own = left * (wanted[i]! / wanted.slice(i).reduce((sum, share) => sum + share, 0))
    for (const setting of settings) {
      const siege = besiege(deep, setting, Math.ceil(own / settings.length), seed)
      show(siege)
      sieges.push(siege)
    }
  }
  const breaches = sieges.flatMap((siege) => siege.breaches)
  breaches.slice(0, 5).forEach(explain)
  const total = tried()
  const worst = Math.max(...sieges.map((siege) => siege.worst))
  echo(`\n${total} trials, ${breaches.length} breaches, worst ${worst.toFixed(3)}, seed ${seed}`)
  const loose = looseOf(sieges)
  for (const title of loose)
    echo(`${title}: no bound is used up by more than 0.8, they are too wide.`)
  return breaches.length > 0 || loose.length > 0 ? 1 : 0
}

/** From so many trials on, an adversary has had its chance. */
const enough = 300

/** What an adversary with enough trials cannot bring near its bounds, in any format. */
function looseOf(sieges: readonly Siege[]): readonly string[] {
  return [...new Set(sieges.map(({ network }) => network))].filter((title) => {
    const those = sieges.filter(({ network }) => network === title)
    const trials = those.reduce((sum, siege) => sum + siege.trials, 0)
    return trials >= enough && those.every(({ worst }) => worst <= 0.8)
  })
}
