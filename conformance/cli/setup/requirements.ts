import { existsSync, readFileSync, statfsSync } from 'node:fs'
import { which } from 'zx'
import { makeFolder } from '../../base/writable.ts'
import { run } from './command.ts'
import type { Variant } from './pins.ts'

/** Something that has to be there first, and how to get it. */
export interface Missing {
  readonly what: string
  readonly remedy: string
}

export interface Tools {
  readonly compiler: string
  readonly python: string
}

/** Whether the driver of an NVIDIA GPU is loaded. */
export function hasNvidia(): boolean {
  return ['/dev/nvidiactl', '/dev/dxg'].some(existsSync)
}

/** Room for the wheels and what is taken out of them, in GB. */
const room: Readonly<Record<Variant, number>> = { cpu: 1.5, cuda: 9 }

/** What a build needs: everything that is missing at once, rather than one thing a run. */
export async function lookForTools(
  folder: string,
  variant: Variant,
): Promise<{ readonly tools: Tools } | { readonly missing: readonly Missing[] }> {
  const missing: Missing[] = []
  const { platform, arch } = process
  if (platform !== 'linux' || arch !== 'x64') {
    missing.push({
      what: `Linux on x64; this is ${platform} on ${arch}`,
      remedy: 'npm install @tensorflow/tfjs-node, which has libraries for a few other systems',
    })
    return { missing }
  }
  if (!/\bavx\b/.test(readFileSync('/proc/cpuinfo', 'utf8'))) {
    missing.push({ what: 'a processor with AVX', remedy: 'use another machine' })
  }
  const compiler = await firstOf([process.env.CXX, 'g++', 'clang++', 'c++'])
  if (!compiler) {
    missing.push({ what: 'a C++ compiler', remedy: 'apt-get install g++, or set CXX' })
  }
  const python = await firstOf(['python3', 'python'])
  if (!python || (await run([python, '-m', 'pip', '--version'])).failed) {
    missing.push({ what: 'Python with pip', remedy: 'apt-get install python3-pip' })
  }
  for (const tool of ['npm', 'tar']) {
    if (!(await firstOf([tool]))) missing.push({ what: tool, remedy: `install ${tool}` })
  }
  makeFolder(folder)
  const { bavail, bsize } = statfsSync(folder)
  const free = (bavail * bsize) / 1e9
  if (free < room[variant]) {
    missing.push({
      what: `${room[variant]} GB of room for ${folder}; ${free.toFixed(1)} GB are free`,
      remedy: 'make room on that disk',
    })
  }
  return missing.length > 0 ? { missing } : { tools: { compiler: compiler!, python: python! } }
}

async function firstOf(names: readonly (string | undefined)[]): Promise<string | undefined> {
  for (const name of names) {
    const path = name ? await which(name, { nothrow: true }) : null
    if (path) return path
  }
  return undefined
}
