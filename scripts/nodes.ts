import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../conformance/base/root.ts'
import { confinement, placeToPry } from '../conformance/fixtures/pried.ts'
import { asComparable, differences, isOfLastDigits, shown } from './nodes/compare.ts'

/**
 * npm run nodes -- [--clause GLOBS] [--runs CASES] [VERSIONS...]: a run by this Node and by others, 22 and 24 unless
 * told otherwise, must leave the same report but for what tells which Node it was, and the permissions of each must
 * confine an implementation that pries. They come as packages that hold nothing but the binary of a system, without an
 * install script.
 */
const words = process.argv.slice(2)
const option = (name: string, otherwise: string) => {
  const at = words.indexOf(name)
  return at < 0 ? otherwise : words.splice(at, 2)[1]!
}
const clause = option('--clause', '*')
const runs = option('--runs', '2')
const versions = words.length > 0 ? words : ['22', '24']

const folder = mkdtempSync(join(tmpdir(), 'touchstone-nodes-'))
try {
  const here = reportBy(process.execPath, process.version)
  let differing = 0
  const place = await placeToPry()
  for (const version of versions) {
    const program = binaryOf(version)
    const name = execFileSync(program, ['--version'], { encoding: 'utf8' }).trim()
    const found = differences(here, reportBy(program, name))
    const more = found.filter((difference) => !isOfLastDigits(difference))
    differing += more.length
    for (const difference of more.slice(0, 20)) console.log(`${name}: ${shown(difference)}`)
    const digits =
      found.length === 0 ? '' : `, but for the last digits of ${found.length} utilizations`
    if (more.length === 0) console.log(`${name}: the same report as ${process.version}${digits}`)
    const pried = await place.pry(['-i', './prying.mjs', '--sandbox'], place.empty, program)
    const confined = confinement(pried)
    if (!confined.holds) differing++
    console.log(`${name}: ${confined.found} in a sandbox ${pried.device.split(', ').at(-1)}`)
  }
  place.leave()
  if (differing > 0) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** What a run by one Node leaves, as it can be compared. */
function reportBy(program: string, name: string): unknown {
  const report = join(folder, name)
  const command = join(root, 'conformance/cli/touchstone.js')
  const asked = ['run', '-d', 'cpu', '-c', clause, '-n', runs, '-j', '1', '-r', report]
  const { status, stdout, stderr } = spawnSync(program, [command, ...asked], { encoding: 'utf8' })
  // With few cases some properties are no pass, on every Node the same ones.
  if (status !== 0 && status !== 1)
    throw new Error(`${name} ended with ${status}: ${stderr}${stdout}`)
  return asComparable(readFileSync(join(report, 'report.json'), 'utf8'))
}

/** Node in a version, installed beside the packages if it is not there yet. */
function binaryOf(version: string): string {
  const system = process.platform === 'win32' ? 'win' : process.platform
  const name = `node-${system}-${process.arch}`
  const place = join(root, '.touchstone/nodes', version)
  const binary = join(place, 'node_modules', name, 'bin', system === 'win' ? 'node.exe' : 'node')
  if (!existsSync(binary)) {
    mkdirSync(place, { recursive: true })
    const install = [
      'install',
      '--no-save',
      '--ignore-scripts',
      '--prefix',
      place,
      `${name}@${version}`,
    ]
    execFileSync('npm', install, { stdio: 'inherit', shell: system === 'win' })
  }
  return binary
}
