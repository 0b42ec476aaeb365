/**
 * Filters the cells and rows of clauses, and sorts the rows. It is the only script of a site, and nothing
 * is lost where it may not run. Text of the page is compared and never made into markup.
 */
export const filterScript = `
(() => {
  const form = document.querySelector('form.filter')
  const body = document.querySelector('table.clauses tbody')
  const rows = [...body.rows]
  const severity = ['violates', 'errored', 'unstable', 'inconclusive', 'interrupted', 'not-run']
  const number = (row, column) => Number(row.cells[column].textContent.replaceAll(',', ''))
  const verdictOf = (row) => row.querySelector('.chip').textContent
  const rank = (row) => (severity.indexOf(verdictOf(row)) + severity.length + 1) % (severity.length + 1)
  const keys = [(row) => rows.indexOf(row), rank, (row) => -number(row, 3), (row) => -number(row, 4)]
  const cells = new Map()
  for (const cell of document.querySelectorAll('.cells [data-clause]')) cells.set(cell.dataset.clause, cell)
  const show = () => {
    const words = form.words.value.toLowerCase().split(/\\s+/)
    let count = 0
    for (const row of rows) {
      const text = row.cells[0].textContent.toLowerCase()
      const fits = words.every((word) => text.includes(word)) &&
        (form.verdict.value === '' || verdictOf(row) === form.verdict.value)
      row.hidden = cells.get(row.dataset.clause).hidden = !fits
      if (fits) count++
    }
    for (const area of document.querySelectorAll('.area')) {
      area.hidden = area.querySelector('[data-clause]:not([hidden])') === null
    }
    form.querySelector('output').textContent = count + ' of ' + rows.length
    if (form.words.value !== '' || form.verdict.value !== '') body.closest('details').open = true
  }
  form.addEventListener('input', show)
  form.order.addEventListener('change', () => {
    const key = keys[form.order.value]
    body.append(...rows.toSorted((a, b) => key(a) - key(b)))
    body.closest('details').open = true
  })
  form.addEventListener('submit', (event) => event.preventDefault())
  form.hidden = false
})()
`
