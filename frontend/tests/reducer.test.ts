import { describe, expect, it } from 'vitest'
import type { Shown, View } from '../src/api/types'
import { waitBefore } from '../src/api/live'
import { apply, summarised, tick } from '../src/exercise/reducer'
import { moment } from './moment'

const view = (): View => moment('director')
const fact = (kind: string, payload: Record<string, unknown>, seq = 41): Shown => ({
  seq,
  step: 530,
  kind,
  version: 1,
  payload,
  actor: 'somebody',
  cause: '',
})

describe('a view and a fact', () => {
  it('make the view of after; one that the view holds already changes nothing', () => {
    const before = view()
    const after = apply(before, fact('paused', {}))
    expect([after.phase, after.seq]).toEqual(['paused', 41])
    expect(apply(after, fact('resumed', {}, 41))).toBe(after)
  })
  it('leave the view before as it was', () => {
    const before = view()
    const copy = structuredClone(before)
    apply(before, fact('stood_by', { unit: 'alfa-skimmer' }))
    apply(before, fact('message_read', { message: 33, cell: 'alfa-coast' }))
    expect(before).toEqual(copy)
  })
  it('give a unit its task and count its orders', () => {
    const area = [[49, 45], [50, 45], [50, 46]]
    const after = apply(view(), fact('skimmer_tasked', { unit: 'alfa-skimmer', area }))
    expect(after.units[0]?.task).toEqual({ kind: 'skim', geometry: area, step: 530, version: 2, target: '' })
  })
  it('know a message from its sending to its acknowledgement, which also reads it', () => {
    const sent = { sender: 'alfa-coast', to: 'bravo-coast', precedence: 'routine', subject: { und: 'a' }, text: { und: 'b' } }
    let now = apply(view(), fact('message_sent', sent))
    expect(now.messages.at(-1)).toMatchObject({ seq: 41, step: 530, read_by: [], acknowledged_by: [], form: null })
    now = apply(now, fact('message_acknowledged', { message: 41, cell: 'bravo-coast' }, 42))
    expect(now.messages.at(-1)).toMatchObject({ read_by: ['bravo-coast'], acknowledged_by: ['bravo-coast'] })
  })
  it('follow injects, wind, ratings, notes and findings', () => {
    let now = apply(view(), fact('inject_held', { inject: 'press' }, 41))
    now = apply(now, fact('inject_fired', { inject: 'press' }, 42))
    expect(now.injects?.find((each) => each.ident === 'press')).toMatchObject({ state: 'fired', fired: 42 })
    now = apply(now, fact('wind_changed', { site: 'north-caspian', speed: 3, from_bearing: 1 }, 43))
    expect(now.wind['north-caspian']).toEqual({ speed: 3, from_bearing: 1 })
    now = apply(now, fact('objective_marked', { objective: 'warn', rating: 'P', reason: 'r', evidence: [3] }, 44))
    expect(now.ratings).toHaveLength(1)
    expect(now.ratings?.[0]?.rating).toBe('P')
    now = apply(now, fact('note_written', { text: 'n', shared: false }, 45))
    now = apply(now, fact('finding_recorded', { text: 'f', objective: null, evidence: [] }, 46))
    expect([now.notes.at(-1)?.text, now.findings?.at(-1)?.text, now.seq]).toEqual(['n', 'f', 46])
  })
  it('do not invent what the reader may not see', () => {
    const cell = moment('player')
    const after = apply(cell, fact('finding_recorded', { text: 'f', objective: null, evidence: [] }))
    expect(after.findings).toBeUndefined()
    expect(summarised(cell, { type: 'summary', budget: { a: { afloat: 1 } } }).budget).toBeUndefined()
  })
  it('pass over kinds that are not known yet', () => {
    expect(apply(view(), fact('volcano_erupted', {}))).toEqual({ ...view(), seq: 41 })
  })
})

describe('clock and summary', () => {
  it('move the step and end a jump on arrival', () => {
    const jumping = apply(view(), fact('jumped', { to_step: 600 }))
    const clock = { type: 'clock', pace: 10, running: true, lag: 2, time: 0 } as const
    expect(tick(jumping, { ...clock, step: 599 }).jump_to).toBe(600)
    expect(tick(jumping, { ...clock, step: 600 })).toMatchObject({ jump_to: null, step: 600, lag: 2, pace: 10 })
  })
  it('keep the tasks that facts gave when a summary names none', () => {
    const now = view()
    const units = now.units.map((unit) => ({ ...unit, task: null, state: 'transit' }))
    const after = summarised(now, { type: 'summary', step: 523, units })
    expect(after.units[0]?.task).toEqual(now.units[0]?.task)
    expect(after.units[0]?.state).toBe('transit')
    expect(after.messages).toBe(now.messages)
  })
  it('come back more slowly each time, never all at once', () => {
    expect(waitBefore(0, 0)).toBe(250)
    expect(waitBefore(3, 1)).toBe(4000)
    expect(waitBefore(40, 1)).toBe(15_000)
  })
})
