import { spawn } from 'node:child_process'
import { writeSync } from 'node:fs'

/** What tells a process that one above it waits to hear its exit code. */
const variable = 'TOUCHSTONE_TELLS_ENDING'

/** What that one writes it to. */
const channel = 3

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Whether words of a command line have something run on WebGPU in this process, not in a browser. */
export function opensWebgpu(words) {
  return words.some((word) => /^(?!.*browser:)(.*[:=]|-[di])?webgpu$/.test(word))
}

/**
 * Goes on only in a process of its own below this one, which ends with the exit code that the other says before its end.
 *
 * A driver for graphics may crash when all is done: threads of SwiftShader, which emulates Vulkan, lock what the C
 * library has destroyed by then, in about one run of four. The report is whole by that time and its verdict stands, but a
 * shell would see the code 139 for it, and Node has no way to end without these destructors.
 *
 * @returns in the process below only
 */
export async function belowAnother() {
  if (process.env[variable] !== undefined) return tellEnding()
  // In a group of its own: a signal to all processes of a terminal comes here only, and is passed on once.
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env: { ...process.env, [variable]: '1' },
    detached: process.platform !== 'win32',
  })
  for (const signal of signals) process.on(signal, () => child.kill(signal))
  let told = ''
  child.stdio[channel].setEncoding('utf8').on('data', (text) => {
    told += text
  })
  const [code, signal] = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (...ending) => resolve(ending))
  })
  if (told !== '' || signal === null) process.exit(Number(told || code))
  // As it would have been seen without a process above.
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
  await new Promise(() => {})
}

function tellEnding() {
  // What is started from here has nobody above it that waits.
  delete process.env[variable]
  process.on('exit', (code) => writeSync(channel, String(code)))
}
