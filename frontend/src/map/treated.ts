// Where units sprayed and burned: a comb along what was sprayed, a star and a plain line where it burned. Told apart by shape.

import type { Point } from 'ol/geom'
import { Fill, RegularShape, Stroke, Style, type Text } from 'ol/style'
import type { Treated } from '../api/types'
import type { Palette } from './palette'

const NEAR = 60 // [m per px] from which on the times would cover one another

/** `label` writes the time of it in a colour. */
export function treatedStyle(
  treatment: Treated['treatment'],
  middle: Point,
  palette: Palette,
  label: (colour: string) => Text,
): (feature: unknown, resolution: number) => Style[] {
  const colour = treatment === 'spray' ? palette.sprayed : palette.burned
  const under = new Style({ stroke: new Stroke({ color: palette.halo, width: treatment === 'spray' ? 2.5 : 6 }) })
  const line = new Style({ stroke: new Stroke({ color: colour, width: treatment === 'spray' ? 1 : 4 }) })
  const comb = new Style({ stroke: new Stroke({ color: colour, width: 6, lineDash: [1.5, 8], lineCap: 'butt' }) })
  const star = new RegularShape({
    points: 4,
    radius: 10,
    radius2: 4,
    angle: Math.PI / 4,
    fill: new Fill({ color: colour }),
    stroke: new Stroke({ color: palette.halo, width: 1.5 }),
    declutterMode: 'none',
  })
  return (_, resolution) => {
    const mark = new Style({ geometry: middle, ...(treatment === 'burn' ? { image: star } : {}) })
    if (resolution < NEAR) mark.setText(label(colour))
    return [under, ...(treatment === 'spray' ? [comb] : []), line, mark]
  }
}
