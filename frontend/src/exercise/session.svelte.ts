// One open exercise: the view, kept up to date by the socket, and the ways to ask and to command.

import { api, Refused } from '../api/client'
import { decode, tally, type Frame, type Tally } from '../api/frame'
import { follow, type Connection } from '../api/live'
import type { Command, LiveMessage, Position, Refusal, Shown, View } from '../api/types'
import { apply, CHANGES_SCOPE, summarised, tick } from './reducer'

// The exercise is coming: ask again at once, not later and later.
const PREPARING = new Set(['opening', 'compiling'])

export type Drawing =
  | { phase: 'idle' }
  | { phase: 'drawing'; kind: 'area' | 'line' | 'point' }
  | { phase: 'drawn'; kind: 'area' | 'line' | 'point'; geometry: Position[]; route?: Position[] }

export class Session {
  view = $state.raw<View | undefined>()
  connection = $state<Connection>('connecting')
  failure = $state.raw<Refusal | undefined>()
  events = $state.raw<readonly Shown[]>([])
  eventsFailure = $state.raw<Refusal | undefined>() // why those of before we joined are missing
  fault = $state('') // why the exercise stands still: a code
  heard = $state(0) // wall time of the last word from the service [ms]
  shownFrame = $state.raw<{ step: number; site: string; tally: Tally } | undefined>()
  drawing = $state.raw<Drawing>({ phase: 'idle' })
  history = $state.raw<readonly { step: number; site: string; masses: Record<string, number> }[]>([])
  readonly frames = new Map<string, Frame>() // the latest of each site
  #frameReaders = new Set<() => void>()
  #stop: (() => void) | undefined

  constructor(readonly run: string) {}

  start(): void {
    this.#stop = follow(api(), this.run, {
      message: (message) => this.#take(message),
      frame: (bytes) => this.#takeFrame(bytes),
      connection: (state) => {
        this.connection = state
        // A socket tells no reason when it is refused; the view does.
        if (state === 'lost' && this.view === undefined) void this.#join().catch(() => undefined)
      },
      join: () => this.#join(),
      soon: () => this.failure !== undefined && PREPARING.has(this.failure.code),
    })
  }

  stop(): void {
    this.#stop?.()
  }

  onFrame(reader: () => void): () => void {
    this.#frameReaders.add(reader)
    return () => this.#frameReaders.delete(reader)
  }

  may(kind: Command['kind']): boolean {
    return this.view?.may.includes(kind) ?? false
  }

  /** Undefined when it was taken; else why not. */
  async submit(command: Command): Promise<Refusal | undefined> {
    try {
      await api().submit(this.run, command)
      return undefined
    } catch (error) {
      return asRefusal(error)
    }
  }

  async #join(): Promise<void> {
    try {
      this.view = await api().view(this.run)
      this.failure = undefined
      this.heard = Date.now()
      this.remember(this.view)
    } catch (error) {
      this.failure = asRefusal(error)
      throw error
    }
    try {
      this.events = await api().events(this.run)
      this.eventsFailure = undefined
    } catch (error) {
      this.eventsFailure = asRefusal(error)
    }
  }

  #take(message: LiveMessage): void {
    this.heard = Date.now()
    if (this.view === undefined) return
    switch (message.type) {
      case 'fact':
        if (message.entry.seq > (this.events.at(-1)?.seq ?? 0)) this.events = [...this.events, message.entry]
        this.view = apply(this.view, message.entry)
        if (CHANGES_SCOPE.has(message.entry.kind)) void this.#join().catch(() => undefined)
        break
      case 'clock':
        this.view = tick(this.view, message)
        this.fault = message.fault ?? ''
        break
      case 'summary':
        this.view = summarised(this.view, message)
        this.remember(this.view)
        break
      case 'view':
        this.view = message.view
        break
      case 'refusal':
        this.failure = message.refusal
        break
    }
  }

  #takeFrame(bytes: ArrayBuffer): void {
    this.heard = Date.now()
    const frame = decode(bytes)
    const site = siteOf(frame, this.view)
    this.frames.set(site, frame)
    this.shownFrame = { step: frame.step, site, tally: tally(frame) }
    this.#frameReaders.forEach((read) => read())
  }

  /** The budget over time, as far as this screen was there. */
  remember(view: View): void {
    if (view.budget === undefined) return
    const kept = this.history.filter((each) => each.step < view.step)
    const added = Object.entries(view.budget).map(([site, masses]) => ({ step: view.step, site, masses }))
    this.history = [...kept, ...added].slice(-5000)
  }
}

export function siteOf(frame: Frame, view: View | undefined): string {
  const east = (frame.west + frame.east) / 2
  const north = (frame.south + frame.north) / 2
  const found = view?.sites.find(
    ({ bounds: [w, s, e, n] }) => east >= w && east <= e && north >= s && north <= n,
  )
  return found?.ident ?? view?.sites[0]?.ident ?? ''
}

export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refused) return error.refusal
  return { code: 'server', params: { status: 0 }, sentence: String(error) }
}
