import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { userFolder } from '../fixtures/user-folder.ts'

const { folder, touchstone } = userFolder()
writeFileSync(join(folder, 'cut.json'), '{"format":"touchsto')

/** The message about a file or folder that is not there. */
const gone = /^error: there is no file gone(\.json)?\n {2}it is looked for in /

/** A run that costs little: one clause, on the device that starts fastest. */
const small = ['run', '--device', 'cpu', '--clause', 'resnet.stage.cost-constant', '--runs', '5']

/** What `doctor --json` prints. */
interface Diagnoses {
  readonly devices: readonly { readonly device: string; readonly usable: boolean }[]
  readonly libraries: readonly {
    readonly name: string
    readonly version: string | null
    readonly remedy: string
  }[]
}

describe('a command that makes no sense', () => {
  it.each([
    ['an unknown command', ['runn'], /did you mean run|unknown command/i],
    [
      'an unknown option',
      ['run', '--sed', '1'],
      /unknown option.*--sed[\s\S]*touchstone run --help/,
    ],
    [
      'an unknown clause',
      ['run', '-c', 'cnn.conv2d.foward'],
      /there is no clause cnn\.conv2d\.foward[\s\S]*did you mean[\s\S]*cnn\.conv2d\.forward/,
    ],
    [
      'a glob that matches nothing',
      ['run', '-c', 'cnnn.*'],
      /no clause matches cnnn\.\*\n +did you mean\n +cnn\.\*/,
    ],
    [
      'an unknown clause to show',
      ['show', 'conv2d.forward'],
      /did you mean\n +cnn\.conv2d\.forward/,
    ],
    [
      'an unknown device',
      ['run', '-d', 'gpu'],
      /'gpu' is invalid.*Devices are auto, tensorflow, webgpu, wasm, cpu/,
    ],
    [
      'a folder that cannot be written',
      [...small, '-r', 'flawed.ts/report'],
      /cannot be written to flawed\.ts\/report[\s\S]*--report/,
    ],
    [
      'a file that cannot be written',
      [...small, '--junit', 'flawed.ts/x.xml'],
      /flawed\.ts\/x\.xml cannot be written/,
    ],
    [
      'a file where a folder is',
      [...small, '--markdown', '.'],
      /\. cannot be written\n +\. is a folder/,
    ],
    [
      'vectors into a file',
      ['vectors', 'export', 'flawed.ts', '-o', 'cnn.flatten'],
      /flawed\.ts\/cnn\.flatten\.json cannot be written/,
    ],
    [
      'a skeleton into a file',
      ['init', 'rust', 'flawed.ts'],
      /flawed\.ts\/Cargo\.toml cannot be written/,
    ],
    [
      'a seed that is no number',
      ['run', '--seed', 'lucky'],
      /'lucky' is invalid.*no whole number of 32 bits/,
    ],
    ['no runs', ['run', '--runs', '0'], /no whole number from 1/],
    ['a time that is no number', ['run', '--time', 'soon'], /no number of seconds above 0/],
    ['a module that is not there', ['run', '-i', './gone.ts'], /there is no file \.\/gone\.ts/],
    [
      'a module that throws',
      ['run', '-i', './throws.js'],
      /\.\/throws\.js does not load\n +no such chip/,
    ],
    ['a module that does not parse', ['run', '-i', './broken.ts'], /\.\/broken\.ts does not load/],
    ['a module without a default export', ['run', '-i', './nothing.js'], /no default export/],
    [
      'a module with an unknown operation',
      ['run', '-i', './stranger.js'],
      /no operation cnn\.convd2[\s\S]*cnn\.conv2d/,
    ],
    [
      'an option of another set-up',
      ['setup', 'python', '--cuda'],
      /are for tensorflow, not for python/,
    ],
    ['two variants at once', ['setup', 'tensorflow', '--cpu', '--cuda'], /exclude each other/],
    ['a capsule that is none', ['replay', 'flawed.ts'], /flawed\.ts is no capsule/],
    [
      'a capsule that is not there',
      ['replay', 'gone.json'],
      /^error: there is no file gone\.json\n/,
    ],
    ...[
      ['compare', 'gone.json', 'b.json'],
      ['site', 'gone.json'],
      ['site', 'gone'],
      ['cite', 'cnn.flatten', '-r', 'gone.json'],
      [...small, '-k', 'gone.json'],
      [...small, '--shard', '1/2', '--measured', 'gone.json'],
      ['merge', '-k', 'gone.json', '.'],
    ].map((words) => [`a report that is not there: ${words[0]}`, words, gone] as const),
    ['a shard that is not there', ['merge', 'gone.json'], /^error: gone\.json is missing\n/],
    [
      'a source that is not there',
      ['show', 'gone.ts:3'],
      /no clause or operation stands in gone\.ts:3/,
    ],
    ['a folder for a report', ['compare', '.', '.'], /^error: \. is a folder, not a file\n/],
    ['a folder for a capsule', ['replay', '.'], /^error: \. is a folder, not a file\n/],
    ['a folder without shards', ['merge', '.'], /no shard in \.\n {2}it has cut\.json/],
    [
      'a cut report for a shard',
      ['merge', 'cut.json'],
      /cut\.json is damaged: it is cut short, after 19 bytes/,
    ],
    ['a cut capsule', ['replay', 'cut.json'], /cut\.json is no capsule[^\n]*\n {2}it is cut short/],
    ['a report that is none', ['compare', 'flawed.ts', 'flawed.ts'], /flawed\.ts is no report/],
    [
      'known failures that are none',
      [...small, '-k', 'flawed.ts'],
      /flawed\.ts is no file of known failures/,
    ],
  ] as const)('%s: exit code 2, and why', async (_, words, message) => {
    const { code, out, err } = await touchstone(...words)
    expect(err).toMatch(message)
    expect(err).not.toMatch(/\n +at .*\.ts:\d+|defect of touchstone/)
    expect(code).toBe(2)
    expect(out).toBe('')
  })

  it('a device that is not there: exit code 2, why, and what would help', async () => {
    const doctor = await touchstone('doctor', '--json')
    const { devices } = JSON.parse(doctor.out) as Diagnoses
    const absent = devices.filter(({ usable }) => !usable)
    for (const { device } of absent) {
      const { code, err } = await touchstone('run', '--device', device)
      expect(err).toContain(`the device ${device} is not there`)
      expect(err).toContain('touchstone doctor')
      expect(code).toBe(2)
    }
    expect(devices.length).toBe(4)
  })
})
