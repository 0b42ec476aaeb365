/** What a bibliography says of a publication, beside what clauses call it: authors, year and title. */
export interface Entry {
  /** The type of BibTeX. */
  readonly type: 'article' | 'inproceedings' | 'incollection' | 'book' | 'misc'
  /** The journal, the proceedings, the book that it is in, or the publisher of a book. */
  readonly in?: string
  readonly volume?: string
  readonly number?: string
  readonly edition?: string
  readonly publisher?: string
  readonly doi?: string
  readonly arxiv?: string
  /** Where it is read, if it has neither of both numbers. */
  readonly url?: string
}

/** Entries by what clauses call the publication. */
export type Entries = Readonly<Record<string, Entry>>
