import { posix } from 'node:path'
import { expect, it } from 'vitest'
import { reportOn, right, violating } from '../fixtures/sample-reports.ts'
import { matrixSite, siteOf } from './site.tsx'

const { 'cnn.conv2d': convolve } = right.operations
const narrow = { ...right, operations: { 'cnn.conv2d': convolve! } }
const reports = await Promise.all([
  violating(),
  reportOn(narrow, ['cnn.conv2d.forward', 'resnet.block.forward'], 2),
])
const folders = ['bad', 'narrow']

const inFolder = (folder: string, pages: Readonly<Record<string, string>>) =>
  Object.entries(pages).map(([path, html]) => [`${folder}/${path}`, html] as const)

const site = new Map([
  ...Object.entries(matrixSite({ format: 'touchstone-matrix/1', reports }, folders)),
  ...reports.flatMap((report, at) => inFolder(folders[at]!, siteOf(report, true))),
])

/** Where the links of a page lead to, from the top of the site. */
const linksOf = ([path, html]: readonly [string, string]) =>
  [...html.matchAll(/href="([^"#][^"]*)"/g)]
    .map(([, href]) => href!)
    .filter((href) => !/^[a-z]+:/.test(href))
    .map((href) => ({ from: path, href, to: posix.join(posix.dirname(path), href) }))

it('every link of a site of several runs leads to a page of it', () => {
  const links = [...site].flatMap(linksOf)
  expect(links.length).toBeGreaterThan(100)
  const broken = links.filter(({ to }) => !site.has(to.split('#')[0]!))
  expect(broken).toEqual([])
})

it('a place in code that is linked to is there', () => {
  const places = [...site].flatMap(linksOf).filter(({ to }) => /^code\/.*#L/.test(to))
  expect(places.length).toBeGreaterThan(0)
  const lost = places.filter(({ to }) => {
    const [page, anchor] = to.split('#') as [string, string]
    return !site.get(page)!.includes(`id="${anchor}"`)
  })
  expect(lost).toEqual([])
})

it('what all runs share is there once: code, and clauses that a run does not provide', () => {
  const paths = [...site.keys()]
  expect(paths.filter((path) => /^(bad|narrow)\/code\//.test(path))).toEqual([])
  expect(paths.some((path) => path.startsWith('code/'))).toBe(true)
  expect(paths).toContain('clauses/resnet.block.forward.html')
  expect(paths).not.toContain('narrow/clauses/resnet.block.forward.html')
})

it('the page of a clause that fails has its code, and that of one that conforms the way to it', () => {
  const failing = site.get('bad/clauses/cnn.conv2d.forward.html')!
  const conforming = site.get('narrow/clauses/cnn.conv2d.forward.html')!
  expect(failing).toContain('class="listing"')
  expect(conforming).not.toContain('class="listing"')
  expect(conforming).toContain('href="../../clauses/cnn.conv2d.forward.html#code"')
  expect(conforming).toContain('<math')
})

it('a run by itself shares nothing', () => {
  const alone = Object.keys(siteOf(reports[1]!))
  expect(alone).toContain('clauses/resnet.block.forward.html')
  expect(alone.some((path) => path.startsWith('code/'))).toBe(true)
})
