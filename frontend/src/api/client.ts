// Every request that this application makes, relative to the seat that it is served to (/seat/...): five roles may be open
// in one browser. Commands carry a header that a foreign page cannot send.

import type {
  Accepted,
  Command,
  ExerciseEntry,
  Me,
  PlanCommand,
  PlanLine,
  PlanView,
  PreviewQuestion,
  Refusal,
  Replayed,
  Route,
  Sea,
  Shown,
  View,
} from './types'

export class Refused extends Error {
  constructor(
    readonly refusal: Refusal,
    readonly status: number,
  ) {
    super(refusal.sentence ?? refusal.code)
  }
}

export interface Api {
  me(): Promise<Me>
  exercises(): Promise<ExerciseEntry[]>
  view(run: string): Promise<View>
  events(run: string): Promise<Shown[]>
  submit(run: string, command: Command): Promise<Accepted>
  preview(run: string, question: PreviewQuestion): Promise<Route>
  replay(run: string, step: number, as?: string): Promise<Replayed>
  frame(address: string): Promise<ArrayBuffer>
  coast(site: string): Promise<unknown>
  sea(run: string, site: string, step?: number): Promise<Sea>
  plans(): Promise<PlanLine[]>
  plan(ident: string): Promise<PlanView>
  order(plan: string, command: PlanCommand): Promise<Accepted>
  reportAddress(run: string, format: 'html' | 'pdf', language: string): string
  liveAddress(run: string): string
  openSocket(address: string): WebSocket
}

async function answer(path: string, init?: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init })
  } catch {
    throw new Refused({ code: 'offline', params: {} }, 0)
  }
  if (response.ok) return response
  throw new Refused(await refusalOf(response), response.status)
}

async function refusalOf(response: Response): Promise<Refusal> {
  try {
    const body = (await response.json()) as { refusal?: Refusal } & Partial<Refusal>
    const found = body.refusal ?? (body.code !== undefined ? (body as Refusal) : undefined)
    if (found !== undefined) return { ...found, params: found.params ?? {} }
  } catch {
    // not JSON: the status alone tells
  }
  if (response.status === 401) return { code: 'signed_out', params: {} }
  if (response.status === 403) return { code: 'not_allowed', params: {} }
  return { code: 'server', params: { status: response.status } }
}

async function json<T>(path: string, init?: RequestInit): Promise<T> {
  return (await answer(path, init)).json() as Promise<T>
}

function post<T>(path: string, body: unknown): Promise<T> {
  return json<T>(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Khazri': '1' },
    body: JSON.stringify(body),
  })
}

const of = (run: string): string => `api/exercises/${encodeURIComponent(run)}`
const planned = (plan: string): string => `api/plans/${encodeURIComponent(plan)}`

export const service: Api = {
  me: () => json('api/me'),
  exercises: async () => {
    const found = await json<ExerciseEntry[] | { exercises: ExerciseEntry[] }>('api/exercises')
    return Array.isArray(found) ? found : found.exercises
  },
  view: (run) => json(of(run)),
  events: async (run) => (await json<{ events: Shown[] }>(`${of(run)}/events`)).events,
  submit: (run, command) => post(`${of(run)}/commands`, { command }),
  preview: (run, question) => post(`${of(run)}/preview`, question),
  replay: (run, step, as) =>
    json(`${of(run)}/replay?step=${step}${as === undefined ? '' : `&as=${encodeURIComponent(as)}`}`),
  frame: async (address) => (await answer(address)).arrayBuffer(),
  coast: (site) => json(`api/coast/${encodeURIComponent(site)}`),
  sea: (run, site, step) => json(`${of(run)}/sea/${encodeURIComponent(site)}${step === undefined ? '' : `?step=${step}`}`),
  plans: async () => (await json<{ plans: PlanLine[] }>('api/plans')).plans,
  plan: (ident) => json(planned(ident)),
  order: (plan, command) => post(`${planned(plan)}/commands`, { command }),
  reportAddress: (run, format, language) => `${of(run)}/report.${format}?language=${language}`,
  liveAddress: (run) => new URL(`${of(run)}/live`, location.href).href.replace(/^http/, 'ws'),
  openSocket: (address) => new WebSocket(address),
}

export const api = (): Api => service
