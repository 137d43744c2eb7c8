"use strict";
/* The computed sea: level in colours and current as arrows over the map, gauges as curves. Absent where no sea was computed. */
const SEA_DRY = -32768, SEA_LAND = -32767;
const GAUGE_COLOURS = ["#2166ac", "#b2182b", "#1b7837", "#7b3294", "#b35806", "#35978f", "#8c510a", "#5e3c99"];

class SeaLayer {
  constructor(site) { this.sea = site.sea; this.shows = { level: false, current: false }; }

  async load() {
    if (!this.sea) return;
    [this.level, this.u, this.v] = await Promise.all([unpack(this.sea.level, Int16Array), unpack(this.sea.u, Int8Array), unpack(this.sea.v, Int8Array)]);
  }

  /* the moments before and after, and the share of the way on */
  between(seconds) {
    const t = this.sea.times; let k = t.findIndex((q) => q > seconds);
    if (k === 0) return [0, 0, 0];
    if (k < 0) return [t.length - 1, t.length - 1, 0];
    return [k - 1, k, (seconds - t[k - 1]) / (t[k] - t[k - 1])];
  }

  levelAt(cell, [a, b, f]) {
    const n = this.sea.nx * this.sea.ny, p = this.level[a * n + cell], q = this.level[b * n + cell];
    if (p <= SEA_LAND || q <= SEA_LAND) return f < 0.5 ? p : q;
    return p + f * (q - p);
  }

  paint(g, map, seconds) {
    if (!this.sea || !this.level) return;
    const moment = this.between(seconds);
    if (this.shows.level) this.paintLevel(g, map, moment);
    if (this.shows.current) this.paintCurrent(g, map, moment);
  }

  paintLevel(g, map, moment) {
    const s = this.sea, image = document.createElement("canvas"); image.width = s.nx; image.height = s.ny;
    const ig = image.getContext("2d"), pixels = ig.createImageData(s.nx, s.ny);
    for (let row = 0; row < s.ny; row++) for (let col = 0; col < s.nx; col++) {
      const value = this.levelAt(row * s.nx + col, moment), at = 4 * ((s.ny - 1 - row) * s.nx + col);
      if (value === SEA_LAND) continue;
      const colour = value === SEA_DRY ? [214, 200, 160] : SeaLayer.colour(value / 1000 / s.scale);
      pixels.data.set([...colour, value === SEA_DRY ? 235 : 190], at);
    }
    ig.putImageData(pixels, 0, 0); g.imageSmoothingEnabled = false;
    g.drawImage(image, map.sx(s.x), map.sy(s.y + s.ny * s.spacing), s.nx * s.spacing / map.view.m, s.ny * s.spacing / map.view.m);
    g.imageSmoothingEnabled = true;
    g.fillStyle = style("--land"); g.fill(map.landPath, "evenodd"); g.strokeStyle = style("--land-edge"); g.lineWidth = map.ratio; g.stroke(map.landPath);
  }

  static colour(share) {
    const a = Math.min(1, Math.abs(share)), end = share < 0 ? [33, 102, 172] : [178, 24, 43];
    return [247, 247, 247].map((even, k) => Math.round(even * (1 - a) + end[k] * a));
  }

  paintCurrent(g, map, moment) {
    const s = this.sea, [a, b, f] = moment, n = s.nx * s.ny, r = map.ratio;
    const every = Math.max(1, Math.ceil(30 * r / (s.spacing / map.view.m))), longest = 1.5 * Math.max(every * s.spacing / map.view.m, 24 * r);
    g.strokeStyle = style("--ink"); g.lineWidth = 1.2 * r; g.beginPath();
    for (let row = every >> 1; row < s.ny; row += every) for (let col = every >> 1; col < s.nx; col += every) {
      const cell = row * s.nx + col; if (this.levelAt(cell, moment) <= SEA_LAND) continue;
      const u = (this.u[a * n + cell] * (1 - f) + this.u[b * n + cell] * f) / 100, v = (this.v[a * n + cell] * (1 - f) + this.v[b * n + cell] * f) / 100, speed = Math.hypot(u, v);
      if (speed < 0.01) continue;
      const k = longest * Math.min(1, speed / 0.5) / speed, x = map.sx(s.x + (col + 0.5) * s.spacing), y = map.sy(s.y + (row + 0.5) * s.spacing), dx = u * k, dy = -v * k;
      g.moveTo(x, y); g.lineTo(x + dx, y + dy);
      for (const turn of [2.6, -2.6]) { const c = Math.cos(turn) * 0.32, q = Math.sin(turn) * 0.32; g.moveTo(x + dx, y + dy); g.lineTo(x + dx + c * dx - q * dy, y + dy + q * dx + c * dy); }
    }
    g.stroke();
  }

  /* level and current in words at a place of the map */
  say(x, y, seconds, words) {
    if (!this.sea || !this.level) return "";
    const s = this.sea, col = Math.floor((x - s.x) / s.spacing), row = Math.floor((y - s.y) / s.spacing);
    if (col < 0 || row < 0 || col >= s.nx || row >= s.ny) return "";
    const moment = this.between(seconds), cell = row * s.nx + col, value = this.levelAt(cell, moment), n = s.nx * s.ny;
    if (value === SEA_LAND) return "";
    if (value === SEA_DRY) return `  ${words.say("sea_dry")}`;
    const speed = Math.hypot(this.u[moment[0] * n + cell], this.v[moment[0] * n + cell]) / 100;
    return `  ${words.say("sea_level")} ${value < 0 ? "−" : "+"}${words.number(Math.abs(value) / 1000, 2)} m  ${words.say("sea_current")} ${words.number(speed, 2)} m/s`;
  }
}

/* Curves of the level at places, over time. */
function drawGauges(svg, sea, words, onSeek) {
  const box = svg.getBoundingClientRect(), W = box.width || 640, H = box.height || 220, left = 52, low = H - 26;
  const t = sea.times, end = t.at(-1) || 1, all = sea.gauges.flatMap((q) => q.levels).filter((q) => q !== null);
  const most = Math.max(0.05, ...all), least = Math.min(-0.05, ...all), span = most - least;
  const X = (q) => left + q / end * (W - left - 8), Y = (m) => low - (m - least) / span * (low - 12);
  svg.setAttribute("viewBox", `0 0 ${W} ${H}`); svg.replaceChildren();
  const add = (kind, attributes, text) => { const el = document.createElementNS("http://www.w3.org/2000/svg", kind); for (const k in attributes) el.setAttribute(k, attributes[k]); if (text !== undefined) el.textContent = text; svg.append(el); return el; };
  const nice = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2].find((q) => span / q <= 6) || 5;
  for (let n = Math.ceil(least / nice - 1e-9); n * nice <= most + 1e-9; n++) { const m = n === 0 ? 0 : n * nice; add("line", { x1: left, x2: W - 8, y1: Y(m), y2: Y(m), stroke: style("--grid") }); add("text", { x: left - 7, y: Y(m) + 4, "text-anchor": "end" }, `${words.number(m, 2)} m`); }
  const hours = [1, 2, 3, 6, 12, 24, 48].find((q) => end / 3600 / q <= Math.max(3, W / 75)) || 96;
  for (let h = 0; h * 3600 <= end; h += hours) add("text", { x: X(h * 3600), y: H - 7, "text-anchor": X(h * 3600) > W - 30 ? "end" : h ? "middle" : "start" }, `T+${String(h).padStart(2, "0")}`);
  sea.gauges.forEach((gauge, i) => {
    let path = "", down = false;
    gauge.levels.forEach((m, k) => { if (m === null) { down = false; return; } path += `${down ? "L" : "M"}${X(t[k]).toFixed(1)} ${Y(m).toFixed(1)}`; down = true; });
    const line = add("path", { d: path || "M0 0", fill: "none", stroke: GAUGE_COLOURS[i % GAUGE_COLOURS.length], "stroke-width": 2 });
    line.append(Object.assign(document.createElementNS("http://www.w3.org/2000/svg", "title"), { textContent: words.pick(gauge.names) }));
  });
}
