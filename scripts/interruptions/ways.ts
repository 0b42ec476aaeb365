import { spawnSync } from 'node:child_process'
import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { root } from '../../conformance/base/root.ts'
import { command } from '../../conformance/fixtures/user-folder.ts'
import { childrenOf, type Ended, start } from './ended.ts'

/** A run that is to be interrupted. */
export interface Moment {
  /** Where its folder `report` is. */
  readonly cwd: string
  readonly temporary: string
  /** When, in milliseconds from its start. */
  readonly at: number
  /** Between 0 and 1, for what else is left to chance. */
  readonly chance: number
}

/** A way to interrupt a run. */
export interface Way {
  readonly name: string
  /** How many of 200 moments. */
  readonly share: number
  readonly interrupt: (moment: Moment) => Promise<Ended>
  /** Whether it must leave a report that passes: it is no interruption of the work. */
  readonly passes?: boolean
}

const small = ['run', '-d', 'cpu', '-c', 'resnet.stage.*', '-n', '4', '-r', 'report', '-s', '7']
const run = (...more: readonly string[]) => [process.execPath, command, ...small, ...more]
const here = (file: string) => join(root, 'scripts/interruptions', file)

function signalled(signal: NodeJS.Signals, toGroup = false) {
  return async (moment: Moment): Promise<Ended> => {
    const { process: child, ended } = start(run('-j', moment.chance < 0.5 ? '1' : '2'), moment)
    await Promise.race([setTimeout(moment.at), ended])
    if (child.exitCode === null && child.pid) process.kill(toGroup ? -child.pid : child.pid, signal)
    return ended
  }
}

async function withoutWorker(moment: Moment): Promise<Ended> {
  const { process: child, ended } = start(run('-j', '2'), moment)
  await Promise.race([setTimeout(moment.at), ended])
  while (child.exitCode === null && child.signalCode === null) {
    const workers = childrenOf(child.pid!)
    if (workers.length > 0) {
      process.kill(workers[Math.floor(moment.chance * workers.length)]!, 'SIGKILL')
      break
    }
    await Promise.race([setTimeout(5), ended])
  }
  return ended
}

/** The same with a line of a shell around it. */
const inShell = (line: (moment: Moment) => string, ...before: readonly string[]) => {
  return (moment: Moment): Promise<Ended> =>
    start([...before, 'bash', '-c', line(moment), ...run('-j', '1')], moment).ended
}

const inNamespace = ['unshare', '-rm']

/** Whether a user may mount file systems in a namespace of its own. */
export const mayMount = spawnSync('unshare', ['-rm', 'true']).status === 0

const mounting: readonly Way[] = [
  {
    name: 'disk that fills up',
    share: 14,
    // What is there takes 900 KiB, and half of the disks have no room for a second one.
    interrupt: inShell(
      ({ chance }) =>
        `cp -r report kept && mount -t tmpfs -o size=${Math.round(950 + chance * 1800)}k none report && cp -r kept/. report && "$0" "$@"; code=$?; rm -r kept; cp -r report out; umount report; rm -r report; mv out report; exit $code`,
      ...inNamespace,
    ),
  },
  {
    name: 'folder that becomes read-only',
    share: 12,
    interrupt: inShell(
      ({ at }) =>
        `mount --bind report report; (sleep ${at / 1000}; mount -o remount,bind,ro report) 2>/dev/null & exec "$0" "$@"`,
      ...inNamespace,
    ),
  },
]

async function withoutFolder(moment: Moment): Promise<Ended> {
  const { ended } = start(run('-j', '1'), moment)
  await Promise.race([setTimeout(moment.at), ended])
  const [report, moved] = [join(moment.cwd, 'report'), join(moment.cwd, 'moved')]
  renameSync(report, moved)
  const found = await ended
  // It had written its report already.
  if (!existsSync(report)) renameSync(moved, report)
  return found
}

function failing(kind: 'memory' | 'device') {
  return ({ chance, ...moment }: Moment): Promise<Ended> => {
    const at = Math.floor(chance * 40)
    const words = [
      'node',
      '--max-old-space-size=32',
      here('failing.js'),
      kind,
      at,
      join(moment.cwd, 'gone'),
    ]
    const asked = [
      'run',
      '-i',
      words.join(' '),
      '-c',
      'cnn.flatten',
      '-n',
      '8',
      '-r',
      'report',
      '-s',
      '7',
    ]
    return start([process.execPath, command, ...asked], moment).ended
  }
}

function clockSet({ at, chance, ...moment }: Moment): Promise<Ended> {
  const jump = chance < 0.5 ? -3_600_000 : 3_600_000
  const words = [
    'env',
    `CLOCK_AT=${at}`,
    `CLOCK_JUMP=${jump}`,
    process.execPath,
    '--import',
    here('clock.js'),
  ]
  // Far more time than it takes: it is over only where the clock ends it.
  return start([...words, ...run('-t', '1800', '-j', chance % 0.5 < 0.25 ? '1' : '2').slice(1)], {
    ...moment,
  }).ended
}

async function besideAnother(moment: Moment): Promise<Ended> {
  const other = start([...run('-j', '1').slice(0, -4), '-s', '8'], moment)
  await setTimeout(moment.chance * 200)
  const ended = await start(run('-j', '1'), moment).ended
  const first = await other.ended
  return first.code === 0 ? ended : first
}

/** How runs are interrupted, and how often. */
export const ways: readonly Way[] = [
  { name: 'SIGINT', share: 20, interrupt: signalled('SIGINT') },
  {
    name: 'SIGINT to all processes, as from a terminal',
    share: 14,
    interrupt: signalled('SIGINT', true),
  },
  { name: 'SIGTERM', share: 20, interrupt: signalled('SIGTERM') },
  { name: 'SIGKILL', share: 24, interrupt: signalled('SIGKILL') },
  { name: 'SIGKILL of a worker', share: 20, interrupt: withoutWorker },
  {
    name: 'files that may not grow (ulimit -f)',
    share: 16,
    interrupt: inShell(({ chance }) => `ulimit -f ${1 + Math.floor(chance * 220)}; exec "$0" "$@"`),
  },
  ...(mayMount ? mounting : []),
  { name: 'folder that is moved away', share: 10, interrupt: withoutFolder },
  { name: 'no memory for a case', share: 8, interrupt: failing('memory') },
  { name: 'device lost for good', share: 8, interrupt: failing('device') },
  { name: 'clock that is set by an hour', share: 18, interrupt: clockSet, passes: true },
  { name: 'two runs into one folder', share: 16, interrupt: besideAnother, passes: true },
]
