import { bundled } from './bundled.browser.ts'
import type * as node from './runtime.ts'

/** What browsers call themselves, the ones first that also say to be others. */
const names = [
  ['Edge', /Edg\/([\d.]+)/],
  ['Opera', /OPR\/([\d.]+)/],
  ['Firefox', /Firefox\/([\d.]+)/],
  ['Chromium', /Chrom(?:e|ium)\/([\d.]+)/],
  ['Safari', /Version\/([\d.]+).*Safari/],
] as const

/** The part of a navigator that is there in a worker, too. */
const { userAgent, hardwareConcurrency } = navigator

export const runtime: typeof node.runtime =
  names.flatMap(([name, pattern]) => {
    const [, version] = pattern.exec(userAgent) ?? []
    return version === undefined ? [] : [`${name} ${version}`]
  })[0] ?? 'unknown browser'

export const machine: typeof node.machine = () => ({
  runtime,
  platform: /\(([^)]*)\)/.exec(userAgent)?.[1] ?? 'unknown',
  processor: 'not told by browsers',
  cores: hardwareConcurrency || 1,
})

export const suiteCommit: typeof node.suiteCommit = () => bundled.commit
