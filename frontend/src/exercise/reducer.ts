// A view and a fact that its reader may see make the next view: the browser's half of `exercise/evolve.py`.

import type {
  Finding,
  LiveMessage,
  Message,
  Note,
  ObjectiveRating,
  Polwarn,
  Position,
  Precedence,
  Rating,
  Shown,
  Task,
  Translations,
  View,
} from '../api/types'

/** After these, what the reader may see is another: fetch the view. */
export const CHANGES_SCOPE: ReadonlySet<string> = new Set(['ended', 'view_granted'])

export function apply(view: View, fact: Shown): View {
  if (fact.seq <= view.seq) return view // it was in the view that we joined with
  return { ...after(view, fact), seq: fact.seq }
}

function after(view: View, fact: Shown): View {
  const payload = fact.payload
  switch (fact.kind) {
    case 'started':
    case 'resumed':
      return { ...view, phase: 'running' }
    case 'paused':
      return { ...view, phase: 'paused', jump_to: null }
    case 'ended':
      return { ...view, phase: 'ended', jump_to: null }
    case 'pace_set':
      return { ...view, pace: payload['pace'] as number }
    case 'jumped':
      return { ...view, jump_to: payload['to_step'] as number }
    case 'wind_changed': {
      const { site, speed, from_bearing } = payload as { site: string; speed: number; from_bearing: number }
      return { ...view, wind: { ...view.wind, [site]: { speed, from_bearing } } }
    }
    case 'inject_fired':
      return withInject(view, payload['inject'] as string, { state: 'fired', fired: fact.seq })
    case 'inject_held':
      return withInject(view, payload['inject'] as string, { state: 'held' })
    case 'skimmer_tasked':
      return tasked(view, fact, 'skim', payload['area'] as Position[])
    case 'boom_ordered':
      return tasked(view, fact, 'boom', payload['line'] as Position[])
    case 'unit_tasked':
      return tasked(view, fact, payload['task'] as Task['kind'], payload['geometry'] as Position[], payload['target'] as string)
    case 'stood_by':
      return tasked(view, fact, 'stand_by', [])
    case 'message_sent':
      return { ...view, messages: [...view.messages, messageOf(fact)] }
    case 'message_read':
    case 'message_acknowledged':
      return marked(view, fact)
    case 'note_written':
      return { ...view, notes: [...view.notes, noteOf(fact)] }
    case 'objective_marked': {
      if (view.ratings === undefined) return view
      const rating = ratingOf(fact)
      return { ...view, ratings: [...view.ratings.filter((each) => each.objective !== rating.objective), rating] }
    }
    case 'finding_recorded':
      return view.findings === undefined ? view : { ...view, findings: [...view.findings, findingOf(fact)] }
    default:
      return view // opened, view_granted, happened, and kinds that a newer service may send
  }
}

function withInject(view: View, ident: string, change: { state: 'held' | 'fired'; fired?: number }): View {
  if (view.injects === undefined) return view
  return { ...view, injects: view.injects.map((each) => (each.ident === ident ? { ...each, ...change } : each)) }
}

function tasked(view: View, fact: Shown, kind: Task['kind'], geometry: Position[], target = ''): View {
  const ident = fact.payload['unit'] as string
  const units = view.units.map((unit) =>
    unit.ident === ident
      ? { ...unit, task: { kind, geometry, target, step: fact.step, version: (unit.task?.version ?? 0) + 1 } }
      : unit,
  )
  return { ...view, units }
}

function messageOf(fact: Shown): Message {
  const p = fact.payload
  return {
    seq: fact.seq,
    step: fact.step,
    sender: p['sender'] as string,
    to: p['to'] as string,
    precedence: p['precedence'] as Precedence,
    subject: p['subject'] as Translations,
    text: p['text'] as Translations,
    reply_to: (p['reply_to'] ?? null) as number | null,
    form: (p['form'] ?? null) as Polwarn | null,
    read_by: [],
    acknowledged_by: [],
  }
}

function marked(view: View, fact: Shown): View {
  const { message: seq, cell } = fact.payload as { message: number; cell: string }
  const add = (list: string[]): string[] => (list.includes(cell) ? list : [...list, cell].sort())
  const messages = view.messages.map((message) => {
    if (message.seq !== seq) return message
    const read = { ...message, read_by: add(message.read_by) }
    return fact.kind === 'message_read' ? read : { ...read, acknowledged_by: add(message.acknowledged_by) }
  })
  return { ...view, messages }
}

function noteOf(fact: Shown): Note {
  const { text, shared } = fact.payload as { text: string; shared: boolean }
  return { seq: fact.seq, step: fact.step, actor: fact.actor, text, shared }
}

function ratingOf(fact: Shown): ObjectiveRating {
  const p = fact.payload as { objective: string; rating: Rating; reason: string; evidence: number[] }
  const { objective, rating, reason, evidence } = p
  return { objective, rating, reason, evidence, actor: fact.actor, seq: fact.seq }
}

function findingOf(fact: Shown): Finding {
  const p = fact.payload as { text: string; objective?: string | null; evidence: number[] }
  const { text, objective = null, evidence } = p
  return { seq: fact.seq, step: fact.step, actor: fact.actor, text, objective, evidence }
}

type Tick = Extract<LiveMessage, { type: 'clock' }>

export function tick(view: View, clock: Tick): View {
  const arrived = view.jump_to != null && clock.step >= view.jump_to
  return {
    ...view,
    step: clock.step,
    pace: clock.pace,
    lag: clock.lag,
    phase: clock.phase ?? view.phase,
    jump_to: arrived ? null : view.jump_to,
  }
}

type Summary = Extract<LiveMessage, { type: 'summary' }>

/** What the world shows now replaces what it showed; what a summary leaves out stays. */
export function summarised(view: View, summary: Summary): View {
  const { type: _, ...shown } = summary
  const given = Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined))
  const next: View = { ...view, ...given }
  if (view.budget === undefined && !view.sees_truth) delete next.budget
  // A summary knows no tasks that it was not told; the facts do.
  if (summary.units !== undefined) {
    const tasks = new Map(view.units.map((unit) => [unit.ident, unit.task]))
    next.units = summary.units.map((unit) => (unit.task == null ? { ...unit, task: tasks.get(unit.ident) ?? null } : unit))
  }
  return next
}
