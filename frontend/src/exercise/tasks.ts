// What an order of each task needs from whoever gives it: something drawn on the chart, somebody or something named.

import type { Command } from '../api/types'

export type TaskName = Extract<Command, { kind: 'task_unit' }>['task']
export type Shape = 'area' | 'line' | 'point'

export interface Wanted {
  draws?: Shape
  target?: 'place' | 'unit'
  may?: 'unit' // a target that may be left out
  towed?: true // at a speed that may be given
}

export const WANTED: Record<TaskName, Wanted> = {
  skim: { draws: 'area' },
  skim_thickest: { draws: 'area' },
  boom: { draws: 'line' },
  recover_boom: {},
  protect: { target: 'place' },
  tow_boom: { draws: 'area', target: 'unit', towed: true },
  spray: { draws: 'area' },
  burn: { draws: 'area', towed: true },
  survey: { draws: 'area' },
  patrol: { draws: 'line' },
  clean_shore: { draws: 'area' },
  offload: { may: 'unit' },
  tow: { draws: 'point', target: 'unit' },
  shut_source: { draws: 'point' },
  release: {},
}

/** Tasks whose geometry is a ring; the others' is a line or a point. */
export const RINGS: ReadonlySet<string> = new Set(
  (Object.keys(WANTED) as TaskName[]).filter((task) => WANTED[task].draws === 'area'),
)
