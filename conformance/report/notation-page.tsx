import {
  areasInWords,
  axisOrders,
  chapters,
  kinds,
  type Notation,
  notation,
} from '../../spec/notation.ts'
import { page } from './layout.tsx'
import { Formula, Terms } from './markup.tsx'

const headings: Readonly<Record<Notation['kind'], string>> = {
  size: 'Sizes of axes',
  index: 'Indices',
  array: 'Arrays',
  scalar: 'Numbers',
  function: 'Functions',
}

/** The symbols, the order of axes, and the words for kinds of clause. */
export function notationPage(): string {
  return page(
    { title: 'Notation' },
    <>
      <h1>Notation</h1>
      <p>
        The notes use some letters for several things. Here a letter means one thing within an area;
        an axis that is named by a whole word holds what the word says.
      </p>
      {(Object.keys(headings) as Notation['kind'][]).map((kind) => (
        <>
          <h2 id={kind}>{headings[kind]}</h2>
          <table class="stack">
            <thead>
              <tr>
                <th scope="col">symbol</th>
                <th scope="col">in code</th>
                <th scope="col">meaning</th>
                <th scope="col">areas</th>
              </tr>
            </thead>
            <tbody>
              {notation
                .filter((entry) => entry.kind === kind)
                .map(({ symbol, latex, meaning, areas }) => (
                  <tr>
                    <td class="beside">
                      <Formula latex={latex} />
                    </td>
                    <td class="beside">{symbol !== latex && <code>{symbol}</code>}</td>
                    <td>{meaning}</td>
                    <td class="dim">{areasInWords(areas)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </>
      ))}
      <h2 id="areas">Areas</h2>
      <Terms rows={chapters.map(([name, members]) => [name, members.join(', ')])} />
      <h2 id="axes">Order of axes</h2>
      <Terms
        rows={axisOrders.map(({ of, axes, elsewhere }) => [
          of,
          <>
            {axes} <span class="dim">Elsewhere: {elsewhere}</span>
          </>,
        ])}
      />
      <h2 id="kinds">Kinds of clause</h2>
      <Terms rows={kinds.map(({ kind, meaning }) => [kind, meaning])} />
    </>,
  )
}
