// A made-up moment of an exercise, as a director or a player sees it.

import type { View } from '../src/api/types'

const named = (en: string): Record<string, string> => ({ en, ru: en, az: en })

export function moment(who: 'director' | 'player'): View {
  const truth = who === 'director'
  return {
    run: 'r',
    exercise: 'north-wind',
    title: named('North Wind'),
    phase: 'running',
    pace: 60,
    step: 522,
    seq: 40,
    dt: 60,
    start: '2026-09-14T04:00:00Z',
    last_step: 1440,
    lag: 0,
    actor: truth ? { person: 'd', role: 'director', party: '', cell: '' } : { person: 'p', role: 'player', party: 'alfa', cell: 'alfa-coast' },
    sees_truth: truth,
    sees_parties: truth ? ['alfa', 'bravo'] : ['alfa'],
    may: [],
    may_ask: ['view', 'live'],
    parties: [{ ident: 'alfa', name: named('Alfa'), time_zone: 'UTC' }],
    cells: [{ ident: 'alfa-coast', party: 'alfa', name: named('Alfa coast guard') }],
    sites: [{ ident: 'north-caspian', name: named('Northern Caspian'), bounds: [48.2, 44.2, 51.4, 46.2] }],
    units: [
      {
        ident: 'alfa-skimmer',
        party: 'alfa',
        kind: 'skimming_vessel',
        name: named('Pelikan'),
        site: 'north-caspian',
        state: 'on_task',
        reason: '',
        position: [49.7, 45.2],
        storage: 61,
        capacity: 120,
        landed: 0,
        waste: 0,
        tasks: ['skim'],
        task: { kind: 'skim', geometry: [[49.6, 45.1], [49.8, 45.1], [49.8, 45.2]], step: 214, version: 1, target: '' },
      },
    ],
    bases: [],
    booms: [],
    messages: [
      { seq: 33, step: 480, sender: 'bravo-coast', to: 'alfa-coast', precedence: 'priority', subject: { und: 's' }, text: { und: 't' }, read_by: [], acknowledged_by: [] },
    ],
    notes: [],
    sightings: [],
    treated: [],
    places: [],
    weather: {},
    forecast: {},
    wind: { 'north-caspian': { speed: 8.2, from_bearing: 1.92 } },
    ...(truth
      ? {
          injects: [{ ident: 'press', sender: 'control', to: 'alfa-coast', precedence: 'routine' as const, subject: named('s'), text: named('t'), at_step: 540, state: 'armed' as const }],
          objectives: [{ ident: 'warn', text: named('Warn'), source: 'plan' }],
          ratings: [{ objective: 'warn', rating: 'S' as const, reason: 'r', evidence: [12], actor: 'e', seq: 36 }],
          findings: [],
          budget: { 'north-caspian': { afloat: 1 } },
        }
      : {}),
  }
}
