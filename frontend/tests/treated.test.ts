import { Point } from 'ol/geom'
import { Text } from 'ol/style'
import { describe, expect, it } from 'vitest'
import { treatedTime } from '../src/exercise/names'
import { PALETTES } from '../src/map/palette'
import { retell } from '../src/map/scale'
import { treatedStyle } from '../src/map/treated'
import { moment } from './moment'

const styles = (treatment: 'spray' | 'burn', resolution: number) =>
  treatedStyle(treatment, new Point([0, 0]), PALETTES.light, () => new Text({ text: 'T+01:00–01:20' }))(undefined, resolution)

describe('a treated place', () => {
  it('is told by its shape: only what was sprayed is a comb, only what burned has a star', () => {
    const dashed = (treatment: 'spray' | 'burn'): boolean => styles(treatment, 10).some((each) => each.getStroke()?.getLineDash()?.length)
    const starred = (treatment: 'spray' | 'burn'): boolean => styles(treatment, 10).some((each) => each.getImage())
    expect([dashed('spray'), dashed('burn')]).toEqual([true, false])
    expect([starred('spray'), starred('burn')]).toEqual([false, true])
  })

  it('has its time beside it where there is room', () => {
    expect(styles('burn', 10).some((each) => each.getText())).toBe(true)
    expect(styles('burn', 500).some((each) => each.getText())).toBe(false)
  })

  it('says from when to when', () => {
    const place = { party: 'alfa', unit: 'u', treatment: 'spray' as const, lines: [], first: 69, last: 90 }
    expect(treatedTime(moment('player'), place)).toBe('T+01:09–01:30')
  })
})

describe('the scale', () => {
  it('is written in the words of the reader, and again in those of another language', () => {
    const inner = { textContent: '0.5 NM', dataset: {} } as unknown as HTMLElement
    retell(inner, (count) => `${count} мор. мили`)
    expect(inner.textContent).toBe('0.5 мор. мили')
    retell(inner, (count) => `${count} dəniz mili`)
    expect(inner.textContent).toBe('0.5 dəniz mili')
  })
})
