// For development and screenshots only (`?mock=director|player|observer|evaluator`): never part of a build.
// It plays the same contracts as the service, with an exercise that moves.

import { encode, type Frame } from '../api/frame'
import { Refused, useApi, type Api } from '../api/client'
import type { Command, LiveMessage, Position, Shown, View } from '../api/types'
import { apply } from '../exercise/reducer'
import coast from './coast.json'
import { firstView, firstEvents, ownersAt, framePoints } from './north-wind'

class FakeSocket extends EventTarget {
  readyState: number = WebSocket.CONNECTING
  binaryType = 'arraybuffer'
  onopen: (() => void) | null = null
  onclose: (() => void) | null = null
  onmessage: ((event: MessageEvent) => void) | null = null
  constructor(begin: (socket: FakeSocket) => void) {
    super()
    setTimeout(() => {
      this.readyState = WebSocket.OPEN
      this.onopen?.()
      begin(this)
    }, 10)
  }
  tell(data: LiveMessage | ArrayBuffer): void {
    this.onmessage?.(new MessageEvent('message', { data: data instanceof ArrayBuffer ? data : JSON.stringify(data) }))
  }
  send(): void {}
  close(): void {
    this.readyState = WebSocket.CLOSED
    this.onclose?.()
  }
}

const FACT_OF: Partial<Record<Command['kind'], string>> = {
  start: 'started',
  pause: 'paused',
  resume: 'resumed',
  set_pace: 'pace_set',
  jump: 'jumped',
  end: 'ended',
  change_wind: 'wind_changed',
  fire_inject: 'inject_fired',
  hold_inject: 'inject_held',
  grant_view: 'view_granted',
  task_skimmer: 'skimmer_tasked',
  deploy_boom: 'boom_ordered',
  stand_by: 'stood_by',
  send_message: 'message_sent',
  file_polwarn: 'message_sent',
  read_message: 'message_read',
  acknowledge_message: 'message_acknowledged',
  write_note: 'note_written',
  mark_objective: 'objective_marked',
  record_finding: 'finding_recorded',
}

function payloadOf(command: Command, cell: string): Record<string, unknown> {
  const { kind, ...payload } = command
  if (command.kind === 'send_message')
    return { ...payload, sender: cell, subject: { und: command.subject }, text: { und: command.text } }
  if (command.kind === 'file_polwarn')
    return { ...payload, sender: cell, precedence: 'urgent', subject: { und: 'POLWARN' }, text: { und: command.form.incident } }
  if (kind === 'read_message' || kind === 'acknowledge_message') return { ...payload, cell }
  return payload
}

export function useMock(): void {
  const query = new URLSearchParams(location.search)
  let view: View = firstView(query.get('mock') ?? 'director', query.get('phase') ?? 'running')
  let events: Shown[] = firstEvents(view)
  const sockets = new Set<FakeSocket>()
  const tellAll = (message: LiveMessage | ArrayBuffer): void => sockets.forEach((socket) => socket.tell(message))

  const bytes = (step: number): ArrayBuffer => encode(framePoints(step) satisfies Frame)
  setInterval(() => {
    if (view.phase !== 'running') return
    view = { ...view, step: Math.min(view.last_step, view.step + 1), ...(view.sees_truth ? { budget: ownersAt(view.step + 1) } : {}) }
    tellAll({ type: 'clock', step: view.step, pace: view.pace, running: true, lag: 0, time: view.step * view.dt })
    tellAll({ type: 'summary', step: view.step, budget: view.budget })
    if (view.sees_truth) tellAll(bytes(view.step))
  }, 1000)

  const mock: Api = {
    me: async () => ({ person: view.actor.person, role: view.actor.role }),
    exercises: async () => [
      { run: view.run, exercise: view.exercise, title: view.title, phase: view.phase, role: view.actor.role, party: view.actor.party, cell: view.actor.cell },
    ],
    view: async () => view,
    events: async () => events,
    submit: async (_, command) => {
      if (command.kind === 'jump' && command.to_step <= view.step) {
        throw new Refused({ code: 'jump_backwards', params: { step: view.step, to_step: command.to_step } }, 409)
      }
      const seq = view.seq + 1
      const fact: Shown = {
        seq,
        step: view.step,
        kind: FACT_OF[command.kind] ?? command.kind,
        version: 1,
        payload: payloadOf(command, view.actor.cell || 'control'),
        actor: view.actor.person,
        cause: '',
      }
      view = apply(view, fact)
      events = [...events, fact]
      tellAll({ type: 'fact', seq, entry: fact })
      return { accepted: true, seq }
    },
    preview: async (_, { unit, geometry }) => {
      const from = view.units.find((each) => each.ident === unit)?.position ?? ([49, 45] as Position)
      const to = geometry[0] ?? from
      if (to[1] > 46.1) throw new Refused({ code: 'too_shallow', params: { unit, draft: 2.1, depth: 1.6, uncertainty: 0.5, longitude: to[0], latitude: to[1] } }, 409)
      return { route: [from, [(from[0] + to[0]) / 2, from[1]], to], length: 31_400, arrival_step: view.step + 96 }
    },
    replay: async (_, step) => ({ view: { ...view, step, phase: 'ended', budget: ownersAt(step), injects: view.injects }, frame: `#${step}` }),
    frame: async (address) => bytes(Number(address.slice(1))),
    coast: async () => coast,
    reportAddress: () => '#/',
    liveAddress: () => '',
    openSocket: () => {
      const socket = new FakeSocket((opened) => {
        setTimeout(() => {
          if (view.sees_truth) opened.tell(bytes(view.step))
          for (let step = 0; step <= view.step && view.sees_truth; step += 6) {
            opened.tell({ type: 'summary', step, budget: ownersAt(step) })
          }
          opened.tell({ type: 'clock', step: view.step, pace: view.pace, running: view.phase === 'running', lag: 0, time: view.step * view.dt })
        }, 60)
      })
      sockets.add(socket)
      return socket as unknown as WebSocket
    },
  }
  useApi(mock)
}
