// Names of what idents stand for, in the reader's language.

import type { Refusal, Shown, Translations, Treated, View } from '../api/types'
import { coordinates } from '../format/place'
import { number } from '../format/quantity'
import { exerciseTime } from '../format/time'
import { language, t, words } from '../words/language.svelte'
import { WANTED } from './tasks'

const named = (list: { ident: string; name: Translations }[], ident: string): string =>
  words(list.find((each) => each.ident === ident)?.name) || ident

export const partyName = (view: View, ident: string): string => named(view.parties, ident)
export const unitName = (view: View, ident: string): string => named(view.units, ident)
export const siteName = (view: View, ident: string): string => named(view.sites, ident)
export const placeName = (view: View, ident: string): string => named(view.places, ident)
export const cellName = (view: View, ident: string): string =>
  ident === 'control' ? t('cell.control') : named(view.cells, ident)
export const stepTime = (view: View, step: number): string => exerciseTime(step * view.dt)

/** From when to when. */
export const treatedTime = (view: View, { first, last }: Treated): string =>
  `${stepTime(view, first)}–${stepTime(view, last).slice(2)}`

export const ownCell = (view: View): string => view.actor.cell || 'control'

const STEPS = new Set(['step', 'to_step', 'last_step'])
const HOURS = new Set(['needed', 'endurance']) // [s], told in hours

/** Why a unit stopped: a reason of its own, or the refusal that the order met on the spot. */
export function stoppedBy(code: string, view: View | undefined): string {
  const said = t(`stopped.${code}`)
  return said === `stopped.${code}` ? reasonOf({ code, params: {} }, view) : said
}

/** Why something was not done, in words. */
export function reasonOf(refusal: Refusal, view: View | undefined): string {
  const params: Record<string, string | number | readonly string[]> = {}
  for (const [name, value] of Object.entries(refusal.params)) {
    if (view && typeof value === 'number' && STEPS.has(name)) params[name] = stepTime(view, value)
    else if (view && name === 'unit') params[name] = unitName(view, String(value))
    else if (view && name === 'target') params[name] = unitName(view, String(value)) === String(value) ? placeName(view, String(value)) : unitName(view, String(value))
    else if (view && name === 'party') params[name] = partyName(view, String(value))
    else if (name === 'role') params[name] = t(`role.${String(value)}`)
    else if (name === 'status' && typeof value === 'string') params[name] = t(`progress.${value}`)
    else if (name === 'phase') params[name] = t(`phase.${String(value)}`)
    else if (name === 'unit_kind') params[name] = t(`unit.kind.${String(value)}`)
    else if (name === 'task' && String(value) in WANTED) params[name] = t(`task.${String(value)}`)
    else if (name === 'task' || name === 'command') params[name] = t(`command.${String(value)}`)
    else if (typeof value === 'number' && HOURS.has(name)) params[name] = number(value / 3600, language(), 1)
    else if (typeof value === 'number') params[name] = number(value, language(), Math.abs(value) < 1 ? 2 : 1)
    else params[name] = value
  }
  const { longitude, latitude } = refusal.params
  if (typeof longitude === 'number' && typeof latitude === 'number') {
    params['position'] = coordinates([longitude, latitude])
  }
  const key = `refusal.${refusal.code}`
  const said = t(key, params)
  return said === key ? (refusal.sentence ?? refusal.code) : said
}

/** A fact of the log in one line. */
export function eventLine(fact: Shown, view: View): string {
  const p = fact.payload
  const text = (name: string): string => String(p[name] ?? '')
  const params: Record<string, string | number> = {}
  if (p['unit'] !== undefined) params['unit'] = unitName(view, text('unit'))
  if (p['task'] !== undefined) params['task'] = t(`task.${text('task')}`)
  if (p['sender'] !== undefined) params['sender'] = cellName(view, text('sender'))
  if (p['to'] !== undefined) params['to'] = cellName(view, text('to'))
  if (p['cell'] !== undefined) params['cell'] = cellName(view, text('cell'))
  if (p['subject'] !== undefined && typeof p['subject'] === 'object') params['subject'] = words(p['subject'] as Translations)
  if (p['to_step'] !== undefined) params['time'] = stepTime(view, Number(p['to_step']))
  if (p['until_step'] !== undefined) params['time'] = stepTime(view, Number(p['until_step']))
  if (p['party'] !== undefined) params['party'] = partyName(view, text('party'))
  if (p['site'] !== undefined) params['site'] = siteName(view, text('site'))
  for (const name of ['pace', 'message', 'inject', 'text', 'rating'] as const) {
    if (p[name] !== undefined && typeof p[name] !== 'object') params[name] = text(name)
  }
  if (p['objective'] != null) {
    params['objective'] = words(view.objectives?.find((each) => each.ident === p['objective'])?.text) || text('objective')
  }
  if (fact.kind === 'happened') {
    const subject = text('subject')
    const name = unitName(view, subject)
    params['subject'] = name === subject ? placeName(view, subject) : name
    const key = `happening.${text('what').replaceAll(' ', '_')}`
    const said = t(key, params)
    const reason = (p['values'] as Record<string, unknown> | undefined)?.['reason']
    const why = typeof reason === 'string' && reason ? `: ${stoppedBy(reason, view)}` : ''
    return (said === key ? `${text('what')}: ${params['subject']}` : said) + why
  }
  const key = `event.${fact.kind}`
  const said = t(key, params)
  const what = p['failure'] === undefined ? '' : `: ${stoppedBy(text('failure'), view)}`
  return (said === key ? fact.kind : said) + what
}
