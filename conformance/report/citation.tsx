import { readIn, unchecked } from '../../spec/checked.ts'
import type { Publication } from '../../spec/language/clause.ts'
import { described, linkTo } from '../cite/bibliography/publications.ts'

/** A publication with the place in it, and whether anybody had it open when it was cited. */
export function Citation({ publication }: { publication: Publication }) {
  const { title, where } = publication
  const read = readIn(publication)
  const link = linkTo(described(publication))
  return (
    <>
      {link === null ? title : <a href={link}>{title}</a>}, {where}{' '}
      {read === null ? (
        <small class="warn">({unchecked})</small>
      ) : (
        <small class="dim">(checked: read in {read})</small>
      )}
    </>
  )
}
