import { describe, expect, it } from 'vitest'
import type { ProgressEvent } from '../suite/clauses.ts'
import { standingOf } from '../suite/standing.ts'
import { progressOn } from './progress.ts'

const event: ProgressEvent = {
  clause: 'cnn.conv2d.forward',
  verdict: null,
  finished: null,
  done: 3,
  total: 89,
  cases: 1500,
  casesLeft: 50_000,
  failed: 0,
  secondsLeft: 24.2,
  secondsGiven: null,
}

function stream(isTTY: boolean) {
  let text = ''
  const write = (more: string) => {
    text += more
    return true
  }
  return { stream: { isTTY, columns: 60, write } as never, text: () => text }
}

describe('how far a run is', () => {
  it('says what was tried, how fast, and what is left', () => {
    expect(standingOf(event, 1000)).toBe('1,500 of 51,500 cases, 1,500 a second, 25 s left')
  })

  it('says how much fails, and minutes where there are many seconds', () => {
    expect(standingOf({ ...event, failed: 1, secondsLeft: 200 }, 2000)).toBe(
      '1,500 of 51,500 cases, 750 a second, 4 min left, 1 property fails',
    )
  })

  it('says nothing of the time left before anything is known', () => {
    expect(standingOf({ ...event, cases: 0, secondsLeft: null }, 0)).toBe(
      '0 of 50,000 cases, 0 a second',
    )
  })

  it('says nothing of it after the first few cases, which say nothing of the others', () => {
    expect(
      standingOf({ ...event, cases: 3, casesLeft: 110_874, secondsLeft: 364_860 }, 10_000),
    ).toBe('3 of 110,877 cases, 0 a second')
  })

  it('is one line that is written over where a person watches', () => {
    const { stream: terminal, text } = stream(true)
    const progress = progressOn(terminal, {})
    progress.show(event)
    progress.say('writing the report')
    progress.end()
    expect(text()).toContain('writing the report')
    expect(text()).not.toContain('\n')
    for (const line of text().split('\r')) expect(line.length).toBeLessThan(80)
    expect(text().endsWith('\r\u001b[2K')).toBe(true)
  })

  it('is written over no more often than a person reads, and not with the same text', () => {
    const { stream: terminal, text } = stream(true)
    const progress = progressOn(terminal, {})
    progress.show(event)
    for (let i = 0; i < 100; i++) progress.say('writing the report')
    expect(text().split('\r')).toHaveLength(3)
  })

  it.each([{ TERM: 'dumb' }, { CI: 'true' }, { ACCESSIBLE: '1' }])(
    'is written over nowhere where the environment has %o',
    (env) => {
      const { stream: terminal, text } = stream(true)
      const progress = progressOn(terminal, env)
      progress.show(event)
      progress.say('writing the report')
      progress.end()
      expect(text()).toBe('')
    },
  )

  it('says that a run is finishing when no case is left', () => {
    expect(standingOf({ ...event, casesLeft: 0, secondsLeft: 0 }, 1000)).toBe(
      '1,500 of 1,500 cases, 1,500 a second, finishing',
    )
  })

  it('is a line now and then elsewhere, not one an event', () => {
    const { stream: file, text } = stream(false)
    const progress = progressOn(file)
    for (let i = 0; i < 100; i++) progress.show(event)
    progress.end()
    expect(text()).toBe('')
  })
})
