import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../conformance/base/root.ts'
import type { Experiments } from '../conformance/experiments/experiment.ts'
import { asking } from './experiments/ask.ts'
import {
  globalOrLayerwise,
  seeds,
  taught,
  together,
  trained,
  twoThirds,
} from './experiments/claims.ts'
import {
  type Contest,
  contest,
  lossAndQuality,
  mixtureOf,
  modeCoverage,
  modeQuality,
} from './experiments/contest.ts'
import { drawings } from './experiments/drawings.ts'
import { digitCurves, faceCurves } from './experiments/layers.ts'
import type { Network } from './experiments/network.ts'
import { addingProblem, gradientReach } from './experiments/studies.ts'
import { clientDrift, type Runs, roundsToAccuracy, runsTogether } from './experiments/together.ts'

/*
 * Measures what the clauses on compression come to on trained weights, how far gradients reach through time, how
 * clients train together, and how networks train against each other, tries what the notes claim of practice, and
 * keeps what came out for the report. Names of parts measure those, and leave the others as they are:
 * npm run experiments -- taught
 */

const path = join(root, 'conformance/experiments/results.json')
const before = JSON.parse(readFileSync(path, 'utf8')) as Experiments
const named = process.argv.slice(2)
const ask = await asking()

async function trainedAll(): Promise<readonly Network[]> {
  const networks: Network[] = []
  for (const seed of seeds) networks.push(await trained(seed))
  return networks
}
let once: Promise<readonly Network[]> | undefined
/** The networks of all seeds, which are trained when a part first asks for them. */
function networks(): Promise<readonly Network[]> {
  once ??= trainedAll()
  return once
}

let runsOnce: Promise<Runs> | undefined
/** The runs of clients that train together, which are made when a part first asks for them. */
function runs(): Promise<Runs> {
  runsOnce ??= runsTogether(ask)
  return runsOnce
}

let contestOnce: Promise<Contest> | undefined
/** The runs of networks that train against each other, which are made when a part first asks for them. */
function playedAll(): Promise<Contest> {
  contestOnce ??= contest()
  return contestOnce
}

/** A part that is measured where it is asked for, or where it was not measured before. */
async function part<T>(name: string, old: T | undefined, measure: () => Promise<T>): Promise<T> {
  const isAsked = named.length === 0 || named.includes(name)
  return isAsked || old === undefined ? await measure() : old
}

const oldClaim = (id: string) => before.claims.find((claim) => claim.id === id)
const claims = {
  'two-thirds': async () => twoThirds(ask, await networks()),
  'global-or-layerwise': async () => globalOrLayerwise(ask, await networks()),
  together: async () => together(await networks()),
  taught: async () => taught(await networks()),
  'loss-and-quality': async () => lossAndQuality(await playedAll()),
}
const oldStudy = (id: string) => before.studies.find(({ claim }) => claim.id === id)
const studies = {
  'gradient-reach': gradientReach,
  'adding-problem': addingProblem,
  'rounds-to-accuracy': async () => roundsToAccuracy(await runs()),
  'client-drift': async () => clientDrift(await runs()),
  'mode-coverage': async () => modeCoverage(await playedAll()),
  'mode-quality': async () => modeQuality(await playedAll()),
}
const results: {
  layers: unknown[]
  claims: unknown[]
  studies: unknown[]
  mixture?: unknown
  drawings?: unknown
} = {
  layers: [
    await part('face', before.layers[0], () => faceCurves(ask)),
    await part('digits', before.layers[1], async () => digitCurves(ask, (await networks())[0]!)),
  ],
  claims: [],
  studies: [],
}
for (const [id, measure] of Object.entries(claims)) {
  results.claims.push(await part(id, oldClaim(id), measure))
}
for (const [id, measure] of Object.entries(studies)) {
  results.studies.push(await part(id, oldStudy(id), measure))
}
results.mixture = await part('mixture', before.mixture, async () => mixtureOf(await playedAll()))
results.drawings = await part('drawings', before.drawings, drawings)
writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`)
