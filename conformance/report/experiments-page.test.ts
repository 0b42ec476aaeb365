import { beforeAll, describe, expect, it } from 'vitest'
import { conforming } from '../fixtures/sample-reports.ts'
import type { Report } from '../suite/model.ts'
import { experimentsPage } from './experiments-page.tsx'

let report: Report
beforeAll(async () => {
  report = await conforming()
})

describe('the page of the experiments', () => {
  const curve = (way: 'rank' | 'bits', accuracies: readonly (number | undefined)[]) => ({
    way,
    points: accuracies.map((accuracy, i) => ({
      at: i + 1,
      rate: 4 - i,
      error: i === 2 ? 0 : 0.1 ** (i + 1),
      bound: 0.5 ** i,
      ...(accuracy !== undefined && { accuracy }),
    })),
  })
  const html = () =>
    experimentsPage(report, {
      layers: [
        {
          title: 'A layer <of> somebody',
          source: 'a package',
          samples: 'numbers',
          rows: 4,
          columns: 3,
          curves: [curve('rank', [0.5, 0.75, 1]), curve('bits', [undefined, undefined, undefined])],
        },
      ],
      claims: [
        {
          id: 'a-claim',
          title: 'More is better',
          lines: [1, 2],
          clauses: ['cnn.nowhere'],
          setting: 'Once.',
          margin: 0.01,
          comparisons: [{ says: 'more, against less', of: [0.5, 0.75], with: [0.25, 0.5] }],
        },
      ],
      studies: [
        {
          topic: 'A topic <of> its own',
          claim: {
            id: 'a-study',
            title: 'One is better',
            lines: [3, 3],
            clauses: [],
            setting: 'Twice.',
            margin: 0,
            comparisons: [{ says: 'one, against other', of: [0.5, 0.5], with: [0.75, 0.75] }],
          },
          axis: 'distance',
          quantity: 'height',
          places: [0, 10],
          kinds: [
            {
              name: 'one <kind>',
              seeds: [
                [1, 4],
                [1, 16],
              ],
            },
            {
              name: 'other',
              seeds: [
                [2, 2],
                [2, 2],
              ],
            },
          ],
          baseline: { says: 'nothing', value: 10 },
        },
      ],
      mixture: {
        axis: 'time',
        places: [0, 5],
        middles: [
          [2, 0],
          [-2, 0],
        ],
        reach: 0.5,
        seed: 1,
        samples: 20,
        games: [
          {
            name: 'a <game>',
            discriminator: [
              [-1, 1],
              [-1, 3],
            ],
            generator: [
              [0, 1],
              [0, 1],
            ],
            counts: [12, 0],
            points: '201 -3,150 20',
          },
        ],
        itself: { name: 'what is sought', counts: [10, 9], points: '200 0' },
      },
      drawings: {
        setting: 'Drawn <once>.',
        clauses: ['gan.nowhere'],
        axis: 'time',
        places: [1, 5],
        discriminator: [1, 2],
        generator: [3, 4],
        grid: { width: 2, height: 2, gray: '0f7a' },
        nearest: [
          { digit: 3, distance: 0.25 },
          { digit: 3, distance: 0.75 },
        ],
        between: { width: 2, height: 1, gray: 'f0' },
        shares: [0, 1],
        fromFirst: [0, 0.5],
        fromLast: [0.5, 0],
      },
    })

  it('draws what was measured, its bound and the rest, with an alternative in words', () => {
    expect(html().match(/<svg viewBox="0 0 520/g)).toHaveLength(8)
    expect(html().match(/role="img" aria-label="[^"]+"/g)).toHaveLength(10)
    expect(html().match(/<path class="line series1 bound" d="M[^"]+L[^"]+"/g)).toHaveLength(2)
    expect(html()).not.toContain('NaN')
  })

  it('leaves an error of 0 out of a logarithmic picture, and has it in the table', () => {
    const [errors] = [...html().matchAll(/<path class="line series0" d="M([^"]+)"/g)]
    expect(errors![1]!.split('L')).toHaveLength(2)
    expect(html()).toContain(
      '<th scope="row">3</th><td>2</td><td>0</td><td>0.25</td><td>100.0 %</td>',
    )
  })

  it('draws kinds side by side: the middle of the seeds, a band around it, and what is to be beaten', () => {
    // From 1 to 100, so that 4, 8 and 16 are at 70, 55 and 40 % of 148 below 8; 46 and 512 are the sides.
    expect(html()).toContain('<path class="band series0" d="M46,156L512,66.9L512,111.4L46,156Z"')
    expect(html()).toContain('<path class="line series0" d="M46,156L512,89.2"')
    expect(html()).toContain('<path class="line series2 bound" d="M46,82L512,82"')
    expect(html()).toContain('at 0 and at 10: one &lt;kind>, 1 and 8; other, 2 and 2.')
  })

  it('has the middle and both ends of seeds in a table', () => {
    expect(html()).toContain('<th scope="row">10</th><td>8 (4 to 16)</td><td>2 (2 to 2)</td>')
    expect(html()).toContain('<td>does not hold</td>')
  })

  it('shows samples in the plane, upwards as usual, and how they are shared out', () => {
    expect(html()).toContain('<path d="M201 3h0M150 -20h0"')
    expect(html()).toContain('12 of 20 belong to a mode, between 0 and 12 to each.')
    expect(html()).toContain(
      '<th scope="row">a &lt;game></th><td>12</td><td>0</td><td>8</td></tr><tr><th scope="row">what is sought</th><td>10</td><td>9</td><td>1</td>',
    )
  })

  it('draws what is below 0 on a linear scale, with lines across at round numbers', () => {
    // From −1 to 3, so that 2, the mean of 1 and 3, is at a quarter of 148 below 8; 46 and 512 are the sides.
    expect(html()).toContain('<path class="line series0" d="M46,156L512,45"')
    expect(html()).toContain('<th scope="row">5</th><td>2 (1 to 3)</td><td>1 (1 to 1)</td>')
    const [labels] = [...html().matchAll(/text-anchor="end">(-1)</g)]
    expect(labels).toBeDefined()
  })

  it('shows images with their sizes and an alternative, and their numbers below', () => {
    expect(html()).toMatch(
      /<img src="data:image\/bmp;base64,[^"]+" alt="2 images[^"]+" width="4" height="4"/,
    )
    expect(html()).toContain(
      '<th scope="row">images</th><td>0</td><td>0</td><td>0</td><td>2</td><td>0</td>',
    )
    expect(html()).toContain(
      '<th scope="row">distance from the last</th><td>0.5</td><td>0</td></tr>',
    )
  })

  it('says how a claim came out, by how much, and in which lines it is made', () => {
    expect(html()).toContain('Notes, lines 1–2.')
    expect(html()).toContain('<td>+25.00 (+25.00 to +25.00)</td><td>holds</td>')
    expect(html()).toContain('A layer &lt;of> somebody')
  })
})
