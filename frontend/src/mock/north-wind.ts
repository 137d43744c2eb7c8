// A made-up moment of "North Wind". Invented agencies and units; real geography.

import { Status, type Frame } from '../api/frame'
import type { Budget, Position, Role, Shown, View } from '../api/types'

const SPILL: Position = [50.15, 45.02]
const ROLES: Record<string, [Role, string, string]> = {
  director: ['director', '', ''],
  player: ['player', 'alfa', 'alfa-coast'],
  observer: ['observer', 'charlie', ''],
  evaluator: ['evaluator', '', ''],
}
const MAY: Record<string, string[]> = {
  director: ['start', 'pause', 'resume', 'set_pace', 'jump', 'end', 'change_wind', 'fire_inject', 'hold_inject', 'send_message', 'read_message', 'acknowledge_message', 'grant_view', 'write_note', 'record_finding'],
  player: ['task_skimmer', 'deploy_boom', 'stand_by', 'send_message', 'read_message', 'acknowledge_message', 'file_polwarn'],
  observer: ['write_note'],
  evaluator: ['write_note', 'mark_objective', 'record_finding'],
}

// the same numbers every time
function random(seed: number): () => number {
  let s = seed
  return () => {
    s = (s * 1664525 + 1013904223) >>> 0
    return s / 4294967296
  }
}

export function framePoints(step: number): Frame {
  const count = 6000
  const next = random(7)
  const normal = (): number => Math.sqrt(-2 * Math.log(next() + 1e-9)) * Math.cos(6.2832 * next())
  const bounds = { west: 46.5, south: 43.8, east: 52.5, north: 47.2 }
  const frame: Frame = { step, time: step * 60, ...bounds, count, x: new Uint16Array(count), y: new Uint16Array(count), status: new Uint8Array(count), code: new Uint8Array(count) }
  const hours = step / 60
  for (let i = 0; i < count; i += 1) {
    const age = next() * hours
    const spread = 0.012 + 0.02 * Math.sqrt(age)
    const lon = SPILL[0] - 0.052 * age + spread * normal() * 1.3
    const lat = SPILL[1] + 0.022 * age + 0.03 * Math.sin(age / 2) + spread * normal()
    frame.x[i] = Math.max(0, Math.min(65535, ((lon - bounds.west) / (bounds.east - bounds.west)) * 65535))
    frame.y[i] = Math.max(0, Math.min(65535, ((lat - bounds.south) / (bounds.north - bounds.south)) * 65535))
    frame.status[i] = lat > 45.62 ? Status.ashore : next() < 0.12 ? Status.submerged : Status.afloat
    frame.code[i] = Math.max(1, Math.min(5, Math.round(5.2 - age * 0.36 + normal() * 0.5)))
  }
  return frame
}

export function ownersAt(step: number): Budget {
  const released = Math.min(900_000, 4_200 * step)
  const h = step / 60
  const evaporated = released * 0.32 * (1 - Math.exp(-h / 5))
  const ashore = step > 420 ? released * 0.05 * (1 - Math.exp(-(step - 420) / 200)) : 0
  const recovered = step > 260 ? Math.min(52_000, (step - 260) * 190) : 0
  const submerged = released * 0.06
  const boomed = step > 300 ? 18_000 : 0
  return { 'north-caspian': { afloat: released - evaporated - ashore - recovered - submerged - boomed, boomed, submerged, ashore, evaporated, recovered } }
}

export function firstView(who: string, phase: string): View {
  const [role, party, cell] = ROLES[who] ?? ROLES['director']!
  const truth = role === 'director' || role === 'evaluator'
  const ended = phase === 'ended'
  const step = phase === 'ready' ? 0 : ended ? 1440 : 522
  const units: View['units'] = [
    { ident: 'alfa-skimmer', party: 'alfa', kind: 'skimming_vessel', name: { en: 'Tarlan', ru: 'Тарлан', az: 'Tərlan' }, site: 'north-caspian', state: 'on_task', position: [49.72, 45.17], storage: 61, capacity: 120, task: { kind: 'skim', geometry: [[49.62, 45.12], [49.82, 45.1], [49.84, 45.24], [49.64, 45.26]], step: 214, version: 1 } },
    { ident: 'alfa-boom', party: 'alfa', kind: 'boom_vessel', name: { en: 'Qartal', ru: 'Гартал', az: 'Qartal' }, site: 'north-caspian', state: 'transit', position: [49.35, 44.95], task: { kind: 'boom', geometry: [[49.42, 45.3], [49.52, 45.36], [49.6, 45.44]], step: 498, version: 1 } },
    { ident: 'bravo-skimmer', party: 'bravo', kind: 'skimming_vessel', name: { en: 'Shagala', ru: 'Шагала', az: 'Şaqala' }, site: 'north-caspian', state: 'stopped', reason: 'full', position: [50.3, 44.82], storage: 80, capacity: 80 },
    { ident: 'bravo-boom', party: 'bravo', kind: 'boom_vessel', name: { en: 'Itbalyk', ru: 'Итбалык', az: 'İtbalıq' }, site: 'north-caspian', state: 'off', position: [50.26, 44.55] },
  ]
  const own = (of: string): boolean => truth || of === party || (role === 'observer' && of === 'alfa')
  return {
    run: 'north-wind-1',
    exercise: 'north-wind',
    title: { en: 'North Wind', ru: 'Северный ветер', az: 'Şimal küləyi' },
    phase: ended ? 'ended' : phase === 'ready' ? 'ready' : phase === 'paused' ? 'paused' : 'running',
    pace: 60,
    jump_to: null,
    step,
    seq: 40,
    dt: 60,
    start: '2026-09-14T04:00:00Z',
    last_step: 1440,
    lag: 0,
    actor: { person: `${who}-1`, role, party, cell },
    sees_truth: truth || ended,
    sees_parties: ['alfa', 'bravo'].filter(own),
    may: ended ? (MAY[who] ?? []).filter((kind) => ['write_note', 'mark_objective', 'record_finding', 'read_message'].includes(kind)) : (MAY[who] ?? []),
    may_ask: truth || ended ? ['exercise', 'view', 'live', 'preview', 'replay', 'replay_as', 'report'] : ['exercise', 'view', 'live', 'preview'],
    parties: [
      { ident: 'alfa', name: { en: 'Delegation Alfa', ru: 'Делегация Альфа', az: 'Alfa nümayəndə heyəti' }, time_zone: 'Asia/Baku' },
      { ident: 'bravo', name: { en: 'Delegation Bravo', ru: 'Делегация Браво', az: 'Bravo nümayəndə heyəti' }, time_zone: 'Asia/Aqtau' },
    ],
    cells: [
      { ident: 'alfa-coast', party: 'alfa', name: { en: 'Alfa coast guard', ru: 'Береговая охрана Альфы', az: 'Alfa sahil mühafizəsi' } },
      { ident: 'bravo-coast', party: 'bravo', name: { en: 'Bravo coast guard', ru: 'Береговая охрана Браво', az: 'Bravo sahil mühafizəsi' } },
    ],
    sites: [{ ident: 'north-caspian', name: { en: 'Northern Caspian', ru: 'Северный Каспий', az: 'Şimali Xəzər' }, bounds: [48.2, 44.2, 51.4, 46.2] }],
    units: units.filter((unit) => own(unit.party)),
    booms: own('bravo') ? [{ unit: 'bravo-boom', party: 'bravo', line: [[50.0, 44.95], [50.06, 45.02], [50.09, 45.11]], state: 'leaking' }] : [],
    messages: [
      { seq: 12, step: 30, sender: 'control', to: 'alfa-coast', precedence: 'urgent', subject: { en: 'Oil on the water', ru: 'Нефть на воде', az: 'Suda neft' }, text: { en: 'A tanker reports a breached tank at 45-01.2N 050-09.0E. Crude is running out. No casualties.', ru: 'Танкер сообщает о пробоине в танке, 45-01.2N 050-09.0E. Вытекает сырая нефть. Пострадавших нет.', az: 'Tanker 45-01.2N 050-09.0E nöqtəsində çənin zədələndiyini bildirir. Xam neft axır. Xəsarət alan yoxdur.' }, read_by: ['alfa-coast'], acknowledged_by: ['alfa-coast'] },
      { seq: 19, step: 96, sender: 'alfa-coast', to: 'bravo-coast', precedence: 'urgent', subject: { und: 'POLWARN' }, text: { und: 'Tanker with a breached tank' }, form: { date_and_time: 28, position: SPILL, incident: 'Tanker with a breached tank; crude running out.', outflow: 'About 250 t per hour, continuing.', acknowledge: true }, read_by: ['bravo-coast'], acknowledged_by: ['bravo-coast'] },
      { seq: 33, step: 480, sender: 'bravo-coast', to: 'alfa-coast', precedence: 'priority', subject: { und: 'Our skimmer is full' }, text: { und: 'Shagala is full and returns to discharge. Can you cover the western end of the slick?' }, read_by: [], acknowledged_by: [] },
    ].filter((m) => truth || ended || [m.sender, m.to].includes('alfa-coast')),
    notes: role === 'player' ? [] : [{ seq: 27, step: 240, actor: 'observer-1', text: 'POLWARN went out 68 minutes after the first report; the recipient read it within ten minutes.', shared: true }],
    sightings: [
      { party: 'alfa', unit: 'alfa-skimmer', step: 505, polygon: [[49.6, 45.14], [49.72, 45.11], [49.83, 45.16], [49.8, 45.24], [49.66, 45.25]], code: 4 },
      { party: 'alfa', unit: 'alfa-skimmer', step: 470, polygon: [[49.84, 45.08], [49.95, 45.07], [49.99, 45.13], [49.88, 45.16]], code: 2 },
      { party: 'bravo', unit: 'bravo-skimmer', step: 430, polygon: [[50.05, 45.0], [50.17, 44.99], [50.19, 45.06], [50.08, 45.08]], code: 5 },
    ].filter((s) => own(s.party)) as View['sightings'],
    places: [
      { ident: 'seal-islands', site: 'north-caspian', name: { en: 'Seal islands', ru: 'Тюленьи острова', az: 'Suiti adaları' }, ring: [[50.1, 45.35], [50.34, 45.33], [50.38, 45.44], [50.16, 45.47]], weight: 3 },
      { ident: 'intake', site: 'north-caspian', name: { en: 'Water intake', ru: 'Водозабор', az: 'Su qəbuledicisi' }, point: [50.42, 44.66], radius: 2500, weight: 5 },
    ],
    wind: { 'north-caspian': { speed: 8.2, from_bearing: 1.92 } },
    ...(truth || ended
      ? {
          injects: [
            { ident: 'first-report', sender: 'control', to: 'alfa-coast', precedence: 'urgent', subject: { en: 'Oil on the water', ru: 'Нефть на воде', az: 'Suda neft' }, text: { en: 'A tanker reports a breached tank.' }, at_step: 30, state: 'fired', fired: 11 },
            { ident: 'press', sender: 'control', to: 'alfa-coast', precedence: 'routine', subject: { en: 'The press asks', ru: 'Вопрос прессы', az: 'Mətbuat soruşur' }, text: { en: 'What do you tell the public, and who tells it?' }, at_step: 600, state: 'armed' },
            { ident: 'seals', sender: 'control', to: 'bravo-coast', precedence: 'priority', subject: { en: 'Oil near the seal islands', ru: 'Нефть у Тюленьих островов', az: 'Suiti adalarının yaxınlığında neft' }, text: { en: 'The reserve reports a sheen.' }, when: { kind: 'all_of', parts: [{ kind: 'oil_within', place: 'seal-islands', distance: 5000 }, { kind: 'not', part: { kind: 'order_given', order: 'boom_ordered', party: 'bravo' } }] }, state: 'held' },
          ],
          objectives: [
            { ident: 'warn', text: { en: 'Warn the neighbour within one hour', ru: 'Предупредить соседа в течение часа', az: 'Qonşunu bir saat ərzində xəbərdar etmək' }, source: 'POLREP; lesson 2025-3' },
            { ident: 'recover', text: { en: 'Begin recovery before the oil comes ashore', ru: 'Начать сбор до выхода нефти на берег', az: 'Neft sahilə çatmamış yığıma başlamaq' }, source: 'Action plan 2026, activity 4' },
          ],
          ratings: [{ objective: 'warn', rating: 'S', reason: 'Sent after 68 minutes; complete and acknowledged at once.', evidence: [12, 19], actor: 'evaluator-1', seq: 36 }],
          findings: [{ seq: 38, step: 510, actor: 'evaluator-1', text: 'The tank of the smaller skimmer filled in four hours; no lightering was planned.', objective: 'recover', evidence: [33] }],
          budget: ownersAt(step),
          released: { 'north-caspian': Math.min(900_000, 4_200 * step) },
        }
      : {}),
  } as unknown as View
}

export function firstEvents(view: View): Shown[] {
  const fact = (seq: number, step: number, kind: string, payload: Record<string, unknown>, actor = ''): Shown => ({ seq, step, kind, version: 1, payload, actor, cause: '' })
  const all = [
    fact(2, 0, 'started', {}, 'director-1'),
    fact(3, 0, 'pace_set', { pace: 60 }, 'director-1'),
    ...(view.sees_truth ? [fact(10, 28, 'happened', { what: 'release started', site: 'north-caspian', subject: 'tanker', values: {} }, 'world'), fact(11, 30, 'inject_fired', { inject: 'first-report' }, 'inject')] : []),
    ...view.messages.map((m) => fact(m.seq, m.step, 'message_sent', { sender: m.sender, to: m.to, subject: m.subject })),
    fact(21, 214, 'skimmer_tasked', { unit: 'alfa-skimmer' }, 'alfa-1'),
    fact(24, 300, 'happened', { what: 'arrived', site: 'north-caspian', subject: 'alfa-skimmer', values: {} }, 'world'),
    fact(35, 498, 'boom_ordered', { unit: 'alfa-boom' }, 'alfa-1'),
  ]
  return all.sort((a, b) => a.seq - b.seq)
}
