import { describe, expect, it } from 'vitest'
import { coordinates, parsePosition, parsePositions } from '../src/format/place'
import { bearing, counted, figuresOf, fixed, fromDegrees, fromKnots, paceOf, sliderOf, toKnots } from '../src/format/quantity'
import { exerciseTime, localClock, moment, parseStep, utcClock } from '../src/format/time'

describe('times', () => {
  it('count from the start, past a hundred hours too', () => {
    expect(exerciseTime(0)).toBe('T+00:00')
    expect(exerciseTime(31_320)).toBe('T+08:42')
    expect(exerciseTime(-60)).toBe('T-00:01')
    expect(exerciseTime(100 * 3600 + 59)).toBe('T+100:00')
  })
  it('are given in UTC and in the zone of a delegation', () => {
    const at = moment('2026-09-14T04:00:00Z', 31_320)
    expect(utcClock(at)).toBe('12:42Z')
    expect(localClock(at, 'Asia/Baku')).toBe('16:42')
    expect(localClock(at, 'Nowhere/None')).toBeUndefined()
  })
  it('are read back as steps', () => {
    expect(parseStep('T+01:30', 60)).toBe(90)
    expect(parseStep(' 1:30 ', 30)).toBe(180)
    expect(parseStep('#42', 60)).toBe(42)
    expect(parseStep('soon', 60)).toBeUndefined()
    expect(parseStep('1:75', 60)).toBeUndefined()
  })
})

describe('figures', () => {
  it('of miles take the form that Russian wants, and one form in Azerbaijani', () => {
    expect([1, 2, 5, 0.5].map((each) => counted(each, 'ru'))).toEqual(['one', 'few', 'many', 'other'])
    expect([1, 2, 5].map((each) => counted(each, 'az'))).toEqual(['other', 'other', 'other'])
  })
  it('have their comma in Azerbaijani, in browsers that have no figures for it too', () => {
    expect(figuresOf('ru')).toBe('ru')
    expect(fixed(1948.62, 'az', 1)).toBe('1.948,6')
    expect(fixed(7, 'ru', 1)).toBe('7,0')
  })
})

describe('positions', () => {
  it('are written as mariners write them', () => {
    expect(coordinates([49.2, 45.508333])).toBe('45-30.5N 049-12.0E')
    expect(coordinates([-0.5, -33])).toBe('33-00.0S 000-30.0W')
  })
  it('carry minutes over instead of showing sixty', () => expect(coordinates([9.99999, 1.99999])).toBe('02-00.0N 010-00.0E'))
  it('are read in both ways, and not guessed', () => {
    expect(parsePosition('45-30.5N 049-12.0E')).toEqual([49.2, 45 + 30.5 / 60])
    expect(parsePosition('45.5, 49.2')).toEqual([49.2, 45.5])
    expect(parsePosition('45-61.0N 049-12.0E')).toBeUndefined()
    expect(parsePosition('here')).toBeUndefined()
    expect(parsePosition('95.0, 10')).toBeUndefined()
  })
  it('are read one a line, and the bad line is named', () => {
    expect(parsePositions('45.5, 49.2\n\n45.6, 49.3')).toHaveLength(2)
    expect(parsePositions('45.5, 49.2\nnorth of it')).toEqual({ line: 2 })
  })
})

describe('quantities', () => {
  it('turn knots and degrees both ways', () => {
    expect(toKnots(fromKnots(17))).toBeCloseTo(17, 12)
    expect(bearing(fromDegrees(-90))).toBe('270')
    expect(bearing(2 * Math.PI - 1e-9)).toBe('000')
    expect(fromDegrees(360)).toBe(0)
  })
  it('spread the pace over the slider, end to end', () => {
    expect([paceOf(0), paceOf(1)]).toEqual([0.1, 3600])
    for (const pace of [0.1, 1, 10, 60, 600, 3600]) expect(paceOf(sliderOf(pace))).toBe(pace)
  })
})
