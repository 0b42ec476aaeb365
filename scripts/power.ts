import { argv, echo } from 'zx'
import { operations } from '../spec/index.ts'
import { tryNullKernels } from './power/accepted.ts'
import { tryVariations } from './power/alarms.ts'
import { compare, failuresIn } from './power/budget.ts'
import { depths, depthTable, tryAtDepth } from './power/depth.ts'
import type { Mistake } from './power/mistake.ts'
import { mistakes as everyMistake } from './power/mistakes/index.ts'
import { caseShown, diagnoseFaults, isNameOfFault, report, type Shown } from './power/names.ts'
import { mistaken, type Noticed, notice, reach } from './power/notice.ts'
import { sampleOf } from './power/sample.ts'
import { type Spending, spend } from './power/spending.ts'
import { median, noticedByKind, share, table } from './power/table.ts'
import { clausesAgainst } from './power/together.ts'
import { variations } from './power/variations/index.ts'

const usage = `How many mistakes a default run notices, of wrong implementations that its faults are not.

  npm run power -- [options]

  --only <regexp>     only operations and mistakes that match: 'cnn.maxPool', 'size'
  --seed <n,n>        seeds, 0,1,2 unless told otherwise; the first one for all that is not counted by seed
  --runs <n>          cases a property, 100
  --quick             one seed, and of all mistakes, kernels, variations and names a sample of fixed size
  --budget <s,s>      compares with the plain suite, at so many seconds of processor time for everything
  --survivors         plugs all that is not noticed into one implementation, which must not conform
  --why               how often the answers of a survivor were wrong: reached and not seen, or never reached
  --floor <share>     the share that must be noticed with every seed, 0.98

At last, what is deep: a mistake in one unit in the middle of 50 or 200 steps, which is to be noticed.

It fails when less is noticed, names are wrong, a null kernel is accepted, or a right variation is not.`

if (argv.help) {
  echo(usage)
  process.exit(0)
}

if (argv.spend !== undefined) {
  // One of the suites, alone in this process; see `spendAlone`.
  const spent = JSON.stringify(await spend(JSON.parse(argv.spend) as Spending))
  // More than a pipe holds at once would be lost by an exit before it was taken.
  await new Promise((resolve) => process.stdout.write(spent, resolve))
  process.exit(0)
}

const quick = argv.quick === true
const seeds = String(argv.seed ?? (quick ? '0' : '0,1,2'))
  .split(',')
  .map(Number)
const trying = { runs: Number(argv.runs ?? 100), seed: seeds[0] }
/** So many of each are in a sample, so that it takes as long as ever, however many there come to be. */
const sizes = { mistakes: 216, kernels: 40, variations: 24, named: 24, faults: 48 }
const some = <T>(all: readonly T[], most: number) => (quick ? sampleOf(all, most) : all)
const floor = Number(argv.floor ?? 0.98)
/** The shares of names that may be wrong, of mistakes without one, and that must be right. */
const [mostNamedWrongly, leastNamedRightly] = [0.02, 0.9]
/** The chapters that the aims of a budget were set for; its seconds have more to do in all of them. */
const firstChapters = /^(cnn|training|inception|resnet|transfer|efficient)\./
const pattern = new RegExp(argv.only ?? '')
const matching = everyMistake.filter(({ id, kind }) => pattern.test(id) || pattern.test(kind))
const mistakes = some(matching, sizes.mistakes)
const matches = (operation: string) =>
  matching.some((mistake) => mistake.operation.id === operation)
const misses: string[] = []
const heading = (text: string) => echo(`\n${text}\n`)

if (argv.budget !== undefined) {
  await compareWithPlain()
  process.exit(0)
}
const bySeed = await noticeAll()
const survivors = mistakes.filter((_, i) => seeds.some((seed) => missed(bySeed.get(seed)![i])))
if (argv.survivors === true) await plugTogether()
else {
  await tellNames()
  await acceptNothing()
  await alarmNobody()
  await lookDeep()
}
for (const miss of misses) echo(`missed: ${miss}`)
process.exit(misses.length > 0 ? 1 : 0)

function missed({ property }: Noticed): boolean {
  return property === null
}

async function noticeAll() {
  const found = new Map<number, readonly Noticed[]>()
  for (const seed of seeds) {
    const noticed: Noticed[] = []
    for (const mistake of mistakes) noticed.push(await notice(mistake, { ...trying, seed }))
    found.set(seed, noticed)
    const caught = noticed.filter((each) => !missed(each)).length
    if (caught < floor * mistakes.length) {
      misses.push(
        `${share(caught, mistakes.length)} noticed with seed ${seed}, not ${100 * floor} %`,
      )
    }
  }
  heading(`${mistakes.length} mistakes`)
  echo(noticedByKind(found))
  for (const [i, mistake] of mistakes.entries()) {
    const where = seeds.filter((seed) => missed(found.get(seed)![i]))
    if (where.length > 0) echo(await survivorLine(mistake, where))
  }
  return found
}

async function survivorLine(mistake: Mistake, where: readonly number[]): Promise<string> {
  const line = `  not with seed ${where.join(', ')}: ${mistake.kind}: ${mistake.id}`
  if (argv.why !== true) return line
  const { answers, wrong } = await reach(mistake, { ...trying, seed: where[0] })
  return `${line} (wrong in ${wrong} of ${answers} answers)`
}

async function tellNames() {
  const noticed = mistakes.filter((_, i) => !missed(bySeed.get(trying.seed)![i]))
  const sample = some(noticed, sizes.named)
  const shown: Shown[] = []
  const excessive: string[] = []
  let needless = 0
  const named: string[] = []
  // What the statistics of errors say, such as the digits of a format, is no fault's name.
  const measured: string[] = []
  const ends: string[] = []
  for (const operation of new Set(sample.map((mistake) => mistake.operation.id))) {
    const those = sample.filter((mistake) => mistake.operation.id === operation)
    const told = await report(operation, those.map(mistaken), trying)
    for (const [i, { shownBy, names, measured: digits, ended }] of told.entries()) {
      const mistake = those[i]
      const the = shownBy === null ? null : await caseShown(shownBy, mistake, trying)
      if (ended !== null) ends.push(`${those[i].id}: ends the harness: ${ended}`)
      if (the !== null) shown.push(the)
      if (the?.excessive) excessive.push(`${mistake.id}: is shown by ${the.elements} elements`)
      if (the?.needless) needless++
      if (names.length === 0) continue
      const line = `${mistake.id}: is called ${names.join('; ')}`
      const isFault = (name: string) => !digits.includes(name) || isNameOfFault(operation, name)
      ;(names.some(isFault) ? named : measured).push(line)
    }
  }
  const { faults, accepting, rightly, amongOthers, wrongly } = await diagnoseFaults(
    matches,
    quick ? sizes.faults : Number.POSITIVE_INFINITY,
    trying,
  )
  const alone = shown.filter((the) => the.alone)
  const elements = alone.map((the) => the.elements)
  const least = alone.map((the) => the.least)
  heading('What is told of them')
  echo(
    table([
      ['', ''],
      [
        'elements of the case shown: median, most',
        `${median(elements)}, ${Math.max(0, ...elements)}`,
      ],
      ['elements of the smallest cases of these properties: median', String(median(least))],
      ['more than 64, and more than the mistake needs', share(excessive.length, alone.length)],
      ['more than 64 where 64 are enough', share(needless, alone.length)],
      ['shown only after what was asked before', share(shown.length - alone.length, shown.length)],
      ['mistakes that no fault is: named, and so wrongly', share(named.length, sample.length)],
      ['told by the statistics of their errors', share(measured.length, sample.length)],
      ['faults that only take what is not valid: told by what it is', String(accepting)],
      ['mistakes that another fault is: named rightly', share(rightly, faults)],
      ['named as one of several that give the same answers', share(amongOthers.length, faults)],
      ['named otherwise', share(wrongly.length, faults)],
    ]),
  )
  for (const line of ends) echo(`  ${line}`)
  if (ends.length > 0) misses.push(`${ends.length} mistakes that end the harness`)
  if (needless > 0) misses.push(`${needless} cases of more than 64 elements that need no more`)
  // Of a few dozen, a single one is no evidence that it is more than one in fifty.
  if (named.length > Math.ceil(mostNamedWrongly * sample.length)) {
    misses.push(
      `${share(named.length, sample.length)} of the mistakes that no fault is have a name`,
    )
  }
  if (rightly + amongOthers.length < leastNamedRightly * faults) {
    misses.push(`${share(rightly + amongOthers.length, faults)} of the faults are named rightly`)
  }
  for (const line of [...excessive, ...named, ...measured, ...amongOthers, ...wrongly])
    echo(`  ${line}`)
}

async function acceptNothing() {
  const tried: readonly string[] = some(
    operations.map(({ id }) => id).filter(matches),
    sizes.kernels,
  )
  const { kernels, unnoticed, accepted } = await tryNullKernels(
    (operation) => tried.includes(operation),
    trying,
  )
  const times = accepted.reduce((sum, { gives }) => sum + gives.length, 0)
  heading(
    `${kernels} null kernels: ${unnoticed.length} pass for right, ${times} times one passes a clause`,
  )
  for (const kernel of unnoticed) echo(`  nothing notices that ${kernel}`)
  for (const { clause, operation, gives } of accepted) {
    echo(`  ${clause}: ${operation} gives ${gives.join(', ')}`)
  }
  if (times > 0) misses.push(`${times} times a clause accepts a null kernel`)
}

async function alarmNobody() {
  const chosen = some(
    variations.filter(({ operation }) => matches(operation.id)),
    sizes.variations,
  )
  const alarms = await tryVariations(chosen, trying)
  const ids = new Set(alarms.map(({ variation }) => variation.id))
  heading(`${chosen.length} right variations: ${ids.size} of them raise an alarm`)
  for (const { variation, property, reason } of alarms) {
    echo(`  ${variation.id}: ${property}: ${reason}`)
  }
  if (ids.size > 0) misses.push(`${ids.size} right variations that raise an alarm`)
}

/** A mistake in the middle of something deep, where bounds from end to end may explode. */
async function lookDeep() {
  const chosen = depths.filter(({ title }) => pattern.test(title))
  if (chosen.length === 0) return
  const found = []
  for (const deep of chosen) found.push(await tryAtDepth(deep, quick ? 4 : 1))
  heading('Off in one unit in the middle, once')
  echo(depthTable(found))
  for (const { deep, units, noticed, rightly } of found) {
    if (noticed.length < units)
      misses.push(`${deep.title}: noticed in ${noticed.length} of ${units} units`)
    if (rightly !== 'conforms') misses.push(`${deep.title}: ${rightly} without a mistake`)
  }
}

async function compareWithPlain() {
  const budgets = String(argv.budget).split(',').map(Number)
  const failures = await failuresIn(mistakes, trying)
  const first = mistakes.filter(({ operation }) => firstChapters.test(operation.id))
  for (const [those, among] of [
    [mistakes, 'everything'],
    [first, 'the first six chapters'],
  ] as const) {
    if (those.length === 0 || (those === first && first.length === mistakes.length)) continue
    const compared = await compare(those, budgets, failures, trying)
    const operations = new Set(those.map(({ operation }) => operation.id)).size
    heading(`Noticed within so many seconds for ${among}: ${operations} operations`)
    echo(
      table([
        ['seconds', 'ours', 'plain', 'plain, warm'],
        ...compared.map(({ seconds, ours, plain, warm }) => {
          const sets = [ours, plain, warm]
          return [String(seconds), ...sets.map(({ size }) => share(size, those.length))]
        }),
      ]),
    )
    for (const { seconds, ours, plain } of compared) {
      const only = those.filter(({ id }) => plain.has(id) && !ours.has(id))
      echo(`\n  ${seconds} s: ${only.length} by the plain suite only`)
      for (const line of byOperation(only)) echo(`    ${line}`)
    }
  }
}

/** What operations some mistakes are of, most first; the mistakes themselves where an operation has one. */
function byOperation(some: readonly Mistake[]): readonly string[] {
  const found = new Map<string, string[]>()
  for (const { id, operation } of some) {
    found.set(operation.id, [...(found.get(operation.id) ?? []), id])
  }
  const most = [...found].sort(([, a], [, b]) => b.length - a.length)
  return most.map(([operation, ids]) => (ids.length > 1 ? `${ids.length} of ${operation}` : ids[0]))
}

async function plugTogether() {
  const failing = await clausesAgainst(survivors, trying)
  heading(`${survivors.length} survivors as one implementation: ${failing.length} clauses fail`)
  for (const clause of failing) echo(`  ${clause}`)
  if (survivors.length > 0 && failing.length === 0)
    misses.push('all survivors together: all conforms')
}
