// One open plan: as it stands, and the way to ask for a change.

import { api } from '../api/client'
import type { Activity, Lesson, PlanCommand, PlanView, Refusal } from '../api/types'
import { asRefusal } from '../exercise/session.svelte'
import { words } from '../words/language.svelte'

export class OpenPlan {
  view = $state.raw<PlanView | undefined>()
  failure = $state.raw<Refusal | undefined>()

  constructor(readonly ident: string) {}

  async load(): Promise<void> {
    try {
      this.view = await api().plan(this.ident)
      this.failure = undefined
    } catch (error) {
      this.failure = asRefusal(error)
    }
  }

  /** Undefined when it was taken; else why not. The plan then stands as it was left, by us or by the others. */
  async order(command: PlanCommand): Promise<Refusal | undefined> {
    let refusal: Refusal | undefined
    try {
      await api().order(this.ident, command)
    } catch (error) {
      refusal = asRefusal(error)
    }
    await this.load()
    return refusal
  }

  party(ident: string): string {
    const known = [...(this.view?.parties ?? []), ...(this.view?.observers ?? [])]
    return words(known.find((each) => each.ident === ident)?.name) || ident
  }

  activity(ident: string): string {
    return words(this.view?.activities.find((each) => each.ident === ident)?.title) || ident
  }

  lesson(ident: string): string {
    return words(this.view?.lessons.find((each) => each.ident === ident)?.text) || ident
  }
}

/** A name that stands in the plan once: `start`, or `start-2` and so on. */
export function freeIdent(start: string, taken: readonly { ident: string }[]): string {
  const idents = new Set(taken.map((each) => each.ident))
  let ident = start
  for (let n = 2; idents.has(ident); n += 1) ident = `${start}-${n}`
  return ident
}

export const isOpen = (lesson: Lesson): boolean => lesson.status !== 'learned'
export const mayMove = (activity: Activity): boolean => !['held', 'reported', 'closed', 'cancelled'].includes(activity.status)
