import { h } from 'preact'
import { render } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'
import { Chart } from './chart.tsx'

const drawn = (values: readonly number[]) =>
  render(
    h(Chart, {
      label: 'a picture',
      axis: 'places',
      places: values.map((_, at) => at),
      series: [{ name: 'numbers', values }],
      logarithmic: true,
    }),
  )
const levelsIn = (svg: string) =>
  [...svg.matchAll(/text-anchor="end">([^<]+)<\/text>/g)].map(([, name]) => name)

describe('a chart with a logarithmic scale', () => {
  it('has a line for every power of ten', () => {
    expect(drawn([1, 1000]).match(/<line /g)).toHaveLength(4)
  })

  it('leaves some of them out where there are many, so that their names do not overlap', () => {
    const svg = drawn([1, 1e-24])
    expect(svg.match(/<line /g)).toHaveLength(9)
    expect(levelsIn(svg)).toEqual(expect.arrayContaining(['1', '1e-12', '1e-24']))
    expect(levelsIn(svg)).not.toContain('1e-1')
  })
})

it('places that are too near to each other have one name, that of the later', () => {
  const places = [0, 0.5, 0.9, 0.98]
  const svg = render(
    h(Chart, {
      label: 'a picture',
      axis: 'places',
      places,
      series: [{ name: 'n', values: places }],
    }),
  )
  const names = [...svg.matchAll(/y="171"[^>]*>([^<]+)</g)].map(([, name]) => name)
  expect(names).toEqual(['0', '0.5', '0.98'])
})

it('a picture of nothing that can be drawn, or of one place, has an axis all the same', () => {
  for (const values of [[0, 0], [3], [0]]) expect(drawn(values)).not.toMatch(/NaN|Infinity/)
})
