import type { Clause, Lines } from './language/clause.ts'

/** The lecture notes that the specification is made from; cited by line, and not copied. */
export const lineCount = 727

/** The lines with anything on them. */
const written = `
  3 5 9 11 13 15 18 22 24-26 28 32 37 39 42 44 49 53 57 62 64 66 68 70 74 76 78 80 82 84 88 90
  92 94 96 100 102 104 106 108 110 112 115 117 119 121 123 128 130 132 134 136 140 142 144-147
  149 151 153 155 157 160 162 164 167 169 173 175 179 181 183 185 187 189-190 192-194 196 198
  200 202 205 207 209 211 213 217 219 221 223 225 227-228 230 232 234 236 238 240 242 244 246
  248 250 252 254 256 258 260 262 264 266 268 270 272 274 276 278 280 282 284 286 288 290 292
  294 296 298 300 302 304 307 309 311 313 315 319 321 324 326 328 330 332 336 338 341-342 344
  346-348 350 352 356 358 361 363 365 367 369 373 375 377 380 382 384 386-388 390 395 397 399
  401 403 407 410 412 414 417 419 424 426 431 434 438 442 447 450 452 454 460 464 466 470 472
  474 476 478 480 482 486 490 492 494 496 498-501 503 507 511 515 519 521 523 525 527 529 531
  533 535-542 544 546 549-554 556 558 560 562-563 565 569 571 573 575 577 579 581 584 586 588
  591 593 597 599 603 605 607 610 612 614 617 619-620 624 626 630 632 634 636 638 640 643 645
  647 649 651-652 656 658 661 663 665 668 670 674 676 680 682 684 686 688 690 692 694 696 698
  700 702 704 706 709 711 713 715 717 721 723 725 727
`

/** Lines that state nothing that could be checked, and why. */
export const informative: readonly { readonly lines: Lines; readonly reason: string }[] = [
  { lines: [3, 3], reason: 'heading' },
  { lines: [53, 53], reason: 'number of a figure that is missing' },
  { lines: [68, 68], reason: 'heading, with a remark on how often it is used' },
  { lines: [78, 78], reason: 'heading' },
  { lines: [90, 90], reason: 'heading' },
  { lines: [104, 104], reason: 'heading' },
  { lines: [128, 128], reason: 'heading' },
  { lines: [130, 130], reason: 'motivation: a question that the section answers' },
  { lines: [132, 132], reason: 'practice: how often networks are trained from scratch' },
  { lines: [142, 142], reason: 'empirical success on particular data, nothing to compute' },
  { lines: [151, 151], reason: 'heading' },
  { lines: [157, 157], reason: 'motivation: on which machines large models should run' },
  { lines: [162, 162], reason: 'heading' },
  { lines: [167, 167], reason: 'heading' },
  { lines: [187, 187], reason: 'heading of a list' },
  { lines: [196, 196], reason: 'heading' },
  { lines: [200, 200], reason: 'heading' },
  { lines: [207, 207], reason: 'heading' },
  { lines: [219, 219], reason: 'heading' },
  { lines: [223, 223], reason: 'heading' },
  { lines: [234, 234], reason: 'heading' },
  { lines: [246, 246], reason: 'heading' },
  { lines: [256, 256], reason: 'heading' },
  { lines: [284, 284], reason: 'heading' },
  { lines: [286, 286], reason: 'design intent, without a rule' },
  { lines: [288, 288], reason: 'heading' },
  { lines: [292, 292], reason: 'heading' },
  { lines: [296, 296], reason: 'heading' },
  { lines: [300, 300], reason: 'heading' },
  { lines: [304, 304], reason: 'heading' },
  { lines: [356, 356], reason: 'heading' },
  { lines: [401, 401], reason: 'heading' },
  { lines: [407, 407], reason: 'heading' },
  { lines: [412, 412], reason: 'heading' },
  { lines: [424, 424], reason: 'description of a figure that is missing' },
  { lines: [470, 470], reason: 'opinion: that no kind of recurrent network is best at everything' },
  { lines: [472, 472], reason: 'heading' },
  { lines: [474, 474], reason: 'motivation: data lie with many parties' },
  { lines: [476, 476], reason: 'motivation: why data are not brought together' },
  { lines: [490, 490], reason: 'aim: as good as with all data in one place' },
  { lines: [503, 503], reason: 'caption of a figure that is missing' },
  { lines: [507, 507], reason: 'caption of a figure that is missing' },
  { lines: [511, 511], reason: 'caption of a figure that is missing' },
  { lines: [515, 515], reason: 'caption of a figure that is missing' },
  { lines: [519, 519], reason: 'heading' },
  { lines: [581, 581], reason: 'heading' },
  { lines: [584, 584], reason: 'motivation: back from a representation to an image' },
  { lines: [588, 588], reason: 'examples of what is generated from images' },
  { lines: [591, 591], reason: 'heading' },
  { lines: [630, 630], reason: 'motivation: why two networks play against each other' },
  { lines: [692, 692], reason: 'heading' },
  { lines: [700, 700], reason: 'heading' },
  { lines: [711, 711], reason: 'heading' },
  { lines: [715, 715], reason: 'opinion: what became better since' },
  { lines: [717, 717], reason: 'heading' },
  { lines: [721, 721], reason: 'heading' },
  { lines: [723, 723], reason: 'motivation: why looking at samples judges nothing' },
]

/** What became of a line of the notes. */
export type LineAccount =
  | { readonly kind: 'clauses'; readonly ids: readonly string[] }
  | { readonly kind: 'informative'; readonly reason: string }
  | { readonly kind: 'unaccounted' }

/**
 * What became of each line of the notes, by line number from 1 on (index 0 is unused): a clause is
 * stated about it, it is marked as informative with the reason, or nobody has accounted for it, which
 * a test forbids.
 */
export function ledger(clauses: readonly Clause[]): readonly LineAccount[] {
  const about = Array.from({ length: lineCount + 1 }, () => new Set<string>())
  for (const { id, source, errata } of clauses) {
    for (const [first, last] of [...source.notes, ...errata.map((erratum) => erratum.lines)]) {
      for (let line = first; line <= last; line++) about[line]?.add(id)
    }
  }
  return about.map((ids, line): LineAccount => {
    if (ids.size > 0) return { kind: 'clauses', ids: [...ids] }
    if (!isWritten(line)) return { kind: 'informative', reason: 'blank' }
    const remark = informative.find(({ lines }) => holds(line)(lines))
    if (remark) return { kind: 'informative', reason: remark.reason }
    return { kind: 'unaccounted' }
  })
}

/** How many lines there are, and how many have a clause or a reason to have none; blank ones have one. */
export function countLines(clauses: readonly Clause[]): {
  readonly noteLines: number
  readonly noteLinesAccounted: number
  readonly writtenLines: number
  readonly writtenLinesAccounted: number
} {
  const accounts = ledger(clauses)
  const accounted = (lines: readonly number[]) =>
    lines.filter((line) => ['clauses', 'informative'].includes(accounts[line]!.kind)).length
  const all = Array.from({ length: lineCount }, (_, line) => line + 1)
  return {
    noteLines: all.length,
    noteLinesAccounted: accounted(all),
    writtenLines: writtenLines.length,
    writtenLinesAccounted: accounted(writtenLines),
  }
}

const writtenLines = written.trim().split(/\s+/).flatMap(linesIn)

const isOnPaper = new Set(writtenLines)

/** Whether there is anything on a line; those between the lines that a clause cites may be blank. */
export function isWritten(line: number): boolean {
  return isOnPaper.has(line)
}

const holds =
  (line: number) =>
  ([first, last]: Lines): boolean =>
    first <= line && line <= last

/** `24-26` is 24, 25, 26. */
function linesIn(range: string): readonly number[] {
  const [first, last = first] = range.split('-').map(Number) as [number, number?]
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}
