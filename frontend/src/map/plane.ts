// The chart of a site is drawn on a plane of its own: stereographic, centred on the site, so that shapes are true at any
// latitude, the pole included, and positions of oil are small numbers that a graphics card holds exactly.

import { addCoordinateTransforms, addProjection, Projection } from 'ol/proj'
import type { Position } from '../api/types'

const RADIUS = 6_371_008.8 // [m]
const RADIAN = Math.PI / 180

export type Plane = {
  code: string
  forward: (lonLat: number[]) => number[]
  inverse: (xy: number[]) => number[]
}

export function planeAround([lon0, lat0]: Position): Omit<Plane, 'code'> {
  const sin0 = Math.sin(lat0 * RADIAN)
  const cos0 = Math.cos(lat0 * RADIAN)
  return {
    forward: ([lon = 0, lat = 0]) => {
      const east = (lon - lon0) * RADIAN
      const sin = Math.sin(lat * RADIAN)
      const cos = Math.cos(lat * RADIAN)
      const k = (2 * RADIUS) / (1 + sin0 * sin + cos0 * cos * Math.cos(east))
      return [k * cos * Math.sin(east), k * (cos0 * sin - sin0 * cos * Math.cos(east))]
    },
    inverse: ([x = 0, y = 0]) => {
      const rho = Math.hypot(x, y)
      if (rho === 0) return [lon0, lat0]
      const c = 2 * Math.atan2(rho, 2 * RADIUS)
      const lat = Math.asin(Math.cos(c) * sin0 + (y * Math.sin(c) * cos0) / rho)
      const lon = Math.atan2(x * Math.sin(c), rho * cos0 * Math.cos(c) - y * sin0 * Math.sin(c))
      return [(((lon / RADIAN + lon0 + 540) % 360) + 360) % 360 - 180, lat / RADIAN]
    },
  }
}

const known = new Map<string, Plane>()

/** The plane of a site, made known to OpenLayers once. */
export function planeOf(site: { ident: string; bounds: [number, number, number, number] }): Plane {
  const code = `KHAZRI:${site.ident}:${site.bounds.join(':')}`
  const found = known.get(code)
  if (found) return found
  const [west, south, east, north] = site.bounds
  const plane = { code, ...planeAround([(west + east) / 2, (south + north) / 2]) }
  const extent = [-3e6, -3e6, 3e6, 3e6]
  addProjection(new Projection({ code, units: 'm', extent, worldExtent: [west - 10, Math.max(-90, south - 10), east + 10, Math.min(90, north + 10)], metersPerUnit: 1 }))
  addCoordinateTransforms('EPSG:4326', code, plane.forward, plane.inverse)
  known.set(code, plane)
  return plane
}
