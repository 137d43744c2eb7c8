// The JSON of the service by short names. What stands in its OpenAPI document comes from there (`npm run types`): everything SI,
// bearings in radians, positions [longitude, latitude] in degrees. Only the socket's messages, which that document cannot hold,
// are written by hand here, after `web/live.py`.

import type { components } from './openapi'

type Schemas = components['schemas']
/** The service leaves out what is absent; it never sends null for it. */
type Present<T> = { [K in keyof T]: undefined extends T[K] ? Exclude<T[K], null> : T[K] }

export type Position = [number, number]
export type Translations = Record<string, string>

export type View = Present<Omit<Schemas['View'], 'jump_to'>> & Pick<Schemas['View'], 'jump_to'>
export type Phase = View['phase']
export type Party = Schemas['ViewParty']
export type Cell = Schemas['ViewCell']
export type Site = Schemas['ViewSite']
export type Task = Schemas['ViewTask']
export type Unit = Schemas['ViewUnit']
export type Base = Schemas['ViewBase']
export type Boom = Schemas['ViewBoom']
export type Polwarn = Schemas['Polwarn']
export type Message = Schemas['ViewMessage']
export type Precedence = Message['precedence']
export type Inject = Schemas['ViewInject']
export type Predicate = NonNullable<Inject['when']>
export type Objective = Schemas['ViewObjective']
export type ObjectiveRating = Schemas['ViewRating']
export type Rating = ObjectiveRating['rating']
export type Note = Schemas['ViewNote']
export type Finding = Schemas['ViewFinding']
export type Sighting = Schemas['ViewSighting']
export type Treated = Schemas['ViewTreated']
export type Place = Schemas['ViewPlace']
export type Wind = Schemas['ViewWind']
export type Shown = Schemas['Shown']
export type Command = Schemas['Ordered']['command']
export type Accepted = Schemas['AcceptedBody']
export type PreviewQuestion = Schemas['PreviewQuestion']
export type Route = Omit<Schemas['RouteBody'], 'marginal'> & {
  marginal?: { depth: number; uncertainty: number; longitude: number; latitude: number } | null // there it may touch the bed
}
/** The sea of a site at a step, on a coarse grid; for those who may see how things are. */
export interface Sea {
  site: string
  step: number
  moves: boolean // a level is computed or given; else it is as the pack says everywhere
  sources: Record<string, string>
  nx: number
  ny: number
  spacing: number // [m]
  longitude: number[]
  latitude: number[]
  level: (number | null)[] // [m]
  u: (number | null)[] // [m/s], to the east
  v: (number | null)[] // to the north
  hs: (number | null)[] // [m]
  dried: number[][][][]
  flooded: number[][][][]
  gauges: Record<string, number | null>
}
export type Me = Schemas['Me']
export type ExerciseEntry = Schemas['ExerciseEntry']
export type PlanLine = Schemas['PlanLine']
export type PlanView = Schemas['PlanView']
export type Activity = Schemas['ActivityView']
export type Lesson = Schemas['LessonView']
export type PlanCommand = Schemas['PlanOrdered']['command']
export interface Replayed {
  view: View
  frame: string // address of its binary frame
}

/** Why something was not done: a code of the catalogue, or one of this client's own (`offline`, `server`). */
export type Refusal = Schemas['RefusalBody'] & { sentence?: string }

export type LiveMessage =
  | { type: 'fact'; seq: number; entry: Shown }
  | { type: 'clock'; step: number; pace: number; running: boolean; lag: number; time: number; phase?: Phase; fault?: string }
  | ({ type: 'summary' } & Partial<
      Pick<View, 'step' | 'units' | 'booms' | 'sightings' | 'treated' | 'wind' | 'weather' | 'forecast' | 'budget' | 'released' | 'lag'>
    >)
  | { type: 'view'; view: View }
  | { type: 'refusal'; refusal: Refusal }
