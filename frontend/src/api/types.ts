// The JSON of the service, by hand after `exercise/view.py`, `commands.py` and SPINE: everything SI, bearings in radians,
// positions [longitude, latitude] in degrees. `npm run types` makes `openapi.ts` from the service's OpenAPI document (`openapi.json`)
// once there is one; it then takes the place of what stands here.

export type Position = [number, number]
export type Translations = Record<string, string>
export type Phase = 'ready' | 'running' | 'paused' | 'ended'
export type Precedence = 'routine' | 'priority' | 'urgent'
export type Rating = 'P' | 'S' | 'M' | 'U'
export type Role =
  | 'administrator'
  | 'designer'
  | 'director'
  | 'controller'
  | 'safety'
  | 'evaluator'
  | 'player'
  | 'liaison'
  | 'observer'

export interface Actor {
  person: string
  role: Role
  party: string
  cell: string
}
export interface Party {
  ident: string
  name: Translations
  time_zone?: string // IANA name, e.g. Asia/Baku
}
export interface Cell {
  ident: string
  party: string
  name: Translations
}
export interface Site {
  ident: string
  name: Translations
  bounds: [number, number, number, number] // west, south, east, north
}
export interface Task {
  kind: 'skim' | 'boom' | 'stand_by'
  geometry: Position[]
  step: number
  version: number
}
export interface Unit {
  ident: string
  party: string
  kind: 'skimming_vessel' | 'boom_vessel'
  name: Translations
  site: string
  state: string
  reason?: string
  position?: Position | null
  storage?: number | null
  capacity?: number | null
  task?: Task | null
}
export interface Boom {
  unit: string
  party: string
  line: Position[]
  state: string
}
export interface Polwarn {
  date_and_time: number // a step
  position: Position
  incident: string
  outflow: string
  acknowledge: boolean
}
export interface Message {
  seq: number
  step: number
  sender: string
  to: string
  precedence: Precedence
  subject: Translations
  text: Translations
  reply_to?: number | null
  form?: Polwarn | null
  read_by: string[]
  acknowledged_by: string[]
}
export type Predicate =
  | { kind: 'at_step'; step: number }
  | { kind: 'oil_within'; place: string; distance: number }
  | { kind: 'order_given'; order: string; party?: string | null }
  | { kind: 'message_was_sent'; sender?: string | null; to?: string | null; polwarn?: boolean }
  | { kind: 'all_of'; parts: Predicate[] }
  | { kind: 'not'; part: Predicate }
export interface Inject {
  ident: string
  sender: string
  to: string
  precedence: Precedence
  subject: Translations
  text: Translations
  at_step?: number | null
  when?: Predicate | null
  state: 'armed' | 'held' | 'fired'
  fired?: number | null
}
export interface Objective {
  ident: string
  text: Translations
  source: string
}
export interface ObjectiveRating {
  objective: string
  rating: Rating
  reason: string
  evidence: number[]
  actor: string
  seq: number
}
export interface Note {
  seq: number
  step: number
  actor: string
  text: string
  shared: boolean
}
export interface Finding {
  seq: number
  step: number
  actor: string
  text: string
  objective?: string | null
  evidence: number[]
}
export interface Sighting {
  party: string
  unit: string
  step: number
  polygon: Position[]
  code: 1 | 2 | 3 | 4 | 5
}
export interface Place {
  ident: string
  site: string
  name: Translations
  ring?: Position[] | null
  point?: Position | null
  radius?: number
  weight?: number
}
export interface Wind {
  speed: number // [m/s]
  from_bearing: number // [rad]
}
export type Budget = Record<string, Record<string, number>>

export interface View {
  run: string
  exercise: string
  title: Translations
  phase: Phase
  pace: number
  jump_to?: number | null
  step: number
  seq: number
  dt: number
  start: string
  last_step: number
  lag: number
  actor: Actor
  sees_truth: boolean
  sees_parties: string[]
  may: string[]
  may_ask: string[]
  parties: Party[]
  cells: Cell[]
  sites: Site[]
  units: Unit[]
  booms: Boom[]
  messages: Message[]
  notes: Note[]
  sightings: Sighting[]
  places: Place[]
  wind: Record<string, Wind>
  injects?: Inject[]
  objectives?: Objective[]
  ratings?: ObjectiveRating[]
  findings?: Finding[]
  budget?: Budget
  released?: Record<string, number>
}

/** A fact of the log as the reader may see it. */
export interface Shown {
  seq: number
  step: number
  kind: string
  version: number
  payload: Record<string, unknown>
  actor: string
  cause: string
}

export type Command =
  | { kind: 'start' | 'pause' | 'resume' | 'end' }
  | { kind: 'set_pace'; pace: number }
  | { kind: 'jump'; to_step: number }
  | { kind: 'change_wind'; site: string; speed: number; from_bearing: number }
  | { kind: 'fire_inject' | 'hold_inject'; inject: string }
  | { kind: 'grant_view'; party: string; scope: 'truth' | 'delegation'; of_party?: string | null; until_step: number }
  | { kind: 'task_skimmer'; unit: string; area: Position[] }
  | { kind: 'deploy_boom'; unit: string; line: Position[] }
  | { kind: 'stand_by'; unit: string }
  | {
      kind: 'send_message'
      to: string
      precedence: Precedence
      subject: string
      text: string
      reply_to?: number | null
    }
  | { kind: 'file_polwarn'; to: string; form: Polwarn }
  | { kind: 'read_message' | 'acknowledge_message'; message: number }
  | { kind: 'write_note'; text: string; shared: boolean }
  | { kind: 'mark_objective'; objective: string; rating: Rating; reason: string; evidence: number[] }
  | { kind: 'record_finding'; text: string; objective?: string | null; evidence: number[] }

export interface Accepted {
  accepted: true
  seq: number
}
/** Why something was not done: a code of the catalogue, or one of this client's own (`offline`, `server`). */
export interface Refusal {
  code: string
  params: Record<string, string | number | string[]>
  sentence?: string
}
export interface PreviewQuestion {
  unit: string
  task: 'skim' | 'boom'
  geometry: Position[]
}
export interface Route {
  route: Position[]
  length: number // [m]
  arrival_step: number
  marginal?: { depth: number; uncertainty: number; longitude: number; latitude: number } | null // there it may touch the bed
}
export interface Me {
  person: string
  name?: string
  role?: Role
}
export interface ExerciseEntry {
  run: string
  exercise: string
  title: Translations
  phase: Phase | 'opening' | 'not_opened'
  role: Role
  party: string
  cell: string
}
export interface Replayed {
  view: View
  frame: string // address of its binary frame
}

export type LiveMessage =
  | { type: 'fact'; seq: number; entry: Shown }
  | { type: 'clock'; step: number; pace: number; running: boolean; lag: number; time: number; phase?: Phase; fault?: string }
  | ({ type: 'summary' } & Partial<
      Pick<View, 'step' | 'units' | 'booms' | 'sightings' | 'wind' | 'budget' | 'released' | 'lag'>
    >)
  | { type: 'view'; view: View }
  | { type: 'refusal'; refusal: Refusal }
