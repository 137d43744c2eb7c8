"use strict";
/* The map: depth, land, graticule and oil on one canvas; metres on the site's plane, y up. */
async function unpack(text, Kind) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Kind(await new Response(stream).arrayBuffer());
}

const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

class SpillMap {
  constructor(canvas, words, onProbe) {
    this.canvas = canvas; this.words = words; this.onProbe = onProbe;
    this.time = 0; this.view = null; this.still = null;
    new ResizeObserver(() => this.resize()).observe(canvas);
    this.listen();
  }

  async load(site) {
    this.site = site; this.still = null; this.ready = false;
    const p = site.particles;
    [this.px, this.py, this.pc, this.land, this.depth, this.first] = await Promise.all([
      unpack(p.x, Uint16Array), unpack(p.y, Uint16Array), unpack(p.code, Uint8Array),
      unpack(site.land.points, Int32Array), unpack(site.depth.classes, Uint8Array), unpack(site.arrival.hours, Uint8Array)]);
    this.sea = new SeaLayer(site); await this.sea.load();
    this.landPath = null; this.ready = true; this.fit();
  }

  resize() {
    const ratio = window.devicePixelRatio || 1, box = this.canvas.getBoundingClientRect();
    if (!box.width) return;
    this.canvas.width = Math.round(box.width * ratio); this.canvas.height = Math.round(box.height * ratio);
    this.ratio = ratio; this.still = null;
    if (this.ready && !this.moved) this.fit(); else this.draw();
  }

  fit() {
    const [w, s, e, n] = this.site.view;
    this.moved = false;
    this.view = { x: (w + e) / 2, y: (s + n) / 2, m: Math.max((e - w) / this.canvas.width, (n - s) / this.canvas.height) };
    this.still = null; this.draw();
  }

  zoom(factor, px = this.canvas.width / 2, py = this.canvas.height / 2) {
    const v = this.view, [bw, bs, be, bn] = this.site.box;
    const m = Math.min(Math.max(v.m * factor, 2), Math.max((be - bw) / this.canvas.width, (bn - bs) / this.canvas.height) * 1.3);
    const x = this.mx(px), y = this.my(py);
    this.view = { m, x: x - (px - this.canvas.width / 2) * m, y: y + (py - this.canvas.height / 2) * m };
    this.moved = true; this.still = null; this.draw();
  }

  pan(dx, dy) { this.view.x -= dx * this.view.m; this.view.y += dy * this.view.m; this.moved = true; this.still = null; this.draw(); }
  sx(x) { return (x - this.view.x) / this.view.m + this.canvas.width / 2; }
  sy(y) { return (this.view.y - y) / this.view.m + this.canvas.height / 2; }
  mx(px) { return this.view.x + (px - this.canvas.width / 2) * this.view.m; }
  my(py) { return this.view.y - (py - this.canvas.height / 2) * this.view.m; }

  listen() {
    const c = this.canvas, points = new Map(); let gap = 0;
    c.addEventListener("wheel", (e) => { if (!this.ready) return; e.preventDefault(); this.zoom(Math.exp(e.deltaY * 0.0015), e.offsetX * this.ratio, e.offsetY * this.ratio); }, { passive: false });
    c.addEventListener("pointerdown", (e) => { c.setPointerCapture(e.pointerId); points.set(e.pointerId, e); gap = 0; });
    c.addEventListener("pointerup", (e) => points.delete(e.pointerId)); c.addEventListener("pointercancel", (e) => points.delete(e.pointerId));
    c.addEventListener("pointerleave", () => this.onProbe(null));
    c.addEventListener("pointermove", (e) => {
      if (!this.ready) return;
      const before = points.get(e.pointerId);
      if (before && points.size === 1) this.pan((e.clientX - before.clientX) * this.ratio, (e.clientY - before.clientY) * this.ratio);
      if (before) points.set(e.pointerId, e);
      if (points.size === 2) {
        const [a, b] = [...points.values()], now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
        if (gap) this.zoom(gap / now);
        gap = now;
      }
      this.onProbe(this.probe(this.mx(e.offsetX * this.ratio), this.my(e.offsetY * this.ratio)));
    });
    c.addEventListener("keydown", (e) => {
      const step = 60 * this.ratio;
      const move = { ArrowUp: [0, step], ArrowDown: [0, -step] }[e.key];
      if (move) { e.preventDefault(); this.pan(...move); }
    });
  }

  probe(x, y) {
    const l = this.site.lattice, [w, s, e, n] = this.site.box;
    const u = (x - w) / (e - w) * (l.n - 1), v = (y - s) / (n - s) * (l.n - 1);
    if (u < 0 || v < 0 || u > l.n - 1 || v > l.n - 1) return null;
    const i = Math.min(Math.floor(u), l.n - 2), j = Math.min(Math.floor(v), l.n - 2), a = u - i, b = v - j, k = j * l.n + i;
    const mix = (q) => (q[k] * (1 - a) + q[k + 1] * a) * (1 - b) + (q[k + l.n] * (1 - a) + q[k + l.n + 1] * a) * b;
    const d = this.site.depth, col = Math.floor((x - d.x) / d.spacing), row = Math.floor((y - d.y) / d.spacing);
    const inside = col >= 0 && row >= 0 && col < d.nx && row < d.ny;
    return { lon: mix(l.lon), lat: mix(l.lat), depth: inside ? this.depth[row * d.nx + col] : 255, x, y };
  }

  background() {
    const c = document.createElement("canvas"); c.width = this.canvas.width; c.height = this.canvas.height;
    const g = c.getContext("2d"), d = this.site.depth;
    g.fillStyle = style("--beyond"); g.fillRect(0, 0, c.width, c.height);
    const image = document.createElement("canvas"); image.width = d.nx; image.height = d.ny;
    const ig = image.getContext("2d"), pixels = ig.createImageData(d.nx, d.ny);
    const hex = (t) => [1, 3, 5].map((k) => parseInt(t.slice(k, k + 2), 16));
    const a = hex(style("--sea-0")), b = hex(style("--sea-1")), beyond = hex(style("--beyond"));
    for (let row = 0; row < d.ny; row++) for (let col = 0; col < d.nx; col++) {
      const code = this.depth[row * d.nx + col], at = 4 * ((d.ny - 1 - row) * d.nx + col), share = Math.sqrt(Math.min(code, 200) / 200);
      for (let k = 0; k < 3; k++) pixels.data[at + k] = code === 255 ? beyond[k] : a[k] + (b[k] - a[k]) * share;
      pixels.data[at + 3] = 255;
    }
    ig.putImageData(pixels, 0, 0); g.imageSmoothingEnabled = true;
    g.drawImage(image, this.sx(d.x), this.sy(d.y + d.ny * d.spacing), d.nx * d.spacing / this.view.m, d.ny * d.spacing / this.view.m);
    const path = this.landPath = new Path2D();
    let at = 0;
    for (const length of this.site.land.lengths) {
      for (let k = 0; k < length; k++, at += 2) { const x = this.sx(this.land[at]), y = this.sy(this.land[at + 1]); if (k) path.lineTo(x, y); else path.moveTo(x, y); }
      path.closePath();
    }
    g.fillStyle = style("--land"); g.fill(path, "evenodd"); g.strokeStyle = style("--land-edge"); g.lineWidth = this.ratio; g.stroke(path);
    this.graticule(g);
    return c;
  }

  graticule(g) {
    const aim = this.canvas.width * this.view.m / 1852 / 5, r = this.ratio;
    const set = this.site.graticule.find((q) => q.minutes >= aim) || this.site.graticule.at(-1);
    g.strokeStyle = style("--grid"); g.lineWidth = r; g.fillStyle = style("--soft"); g.font = `${11 * r}px system-ui, sans-serif`;
    for (const line of set.lines) {
      g.beginPath();
      let label = null;
      for (let k = 0; k < line.p.length; k += 2) {
        const x = this.sx(line.p[k]), y = this.sy(line.p[k + 1]);
        if (k) {
          g.lineTo(x, y);
          const x0 = this.sx(line.p[k - 2]), y0 = this.sy(line.p[k - 1]), edge = line.axis ? this.canvas.width - 4 * r : this.canvas.height - 4 * r;
          const f = line.axis ? (edge - x0) / (x - x0) : (edge - y0) / (y - y0);
          if (f >= 0 && f < 1) label = line.axis ? [edge, y0 + f * (y - y0) - 3 * r] : [x0 + f * (x - x0) + 4 * r, edge];
        } else g.moveTo(x, y);
      }
      g.stroke();
      const clear = label && (line.axis ? label[1] > 95 * r && label[1] < this.canvas.height - 60 * r : label[0] > 190 * r && label[0] < this.canvas.width - 150 * r);
      if (clear) { g.textAlign = line.axis ? "right" : "left"; g.fillText(line.label, label[0], label[1]); }
    }
  }

  draw() { if (!this.queued) { this.queued = true; requestAnimationFrame(() => { this.queued = false; this.paint(); }); } }

  paint() {
    if (!this.ready || !this.view || !this.canvas.width) return;
    const g = this.canvas.getContext("2d");
    if (!this.still) this.still = this.background();
    g.drawImage(this.still, 0, 0);
    const seconds = this.secondsAt(this.time);
    this.sea.paint(g, this, seconds);
    this.swept(g, seconds); this.shore(g, seconds); this.particles(g); this.places(g); this.units(g); this.scale(g); this.wind(g, seconds);
  }

  secondsAt(time) {
    const t = this.site.times, k = Math.min(Math.floor(time), t.length - 1), f = time - k;
    return t[k] + (k + 1 < t.length ? f * (t[k + 1] - t[k]) : 0);
  }

  swept(g, seconds) {
    const a = this.site.arrival, limit = seconds / a.unit + 1, size = a.spacing / this.view.m;
    g.fillStyle = style("--swept"); g.beginPath();
    for (let row = 0, k = 0; row < a.ny; row++) {
      let from = -1;
      for (let col = 0; col <= a.nx; col++, k += col <= a.nx ? 1 : 0) {
        const on = col < a.nx && this.first[row * a.nx + col] > 0 && this.first[row * a.nx + col] <= limit;
        if (on && from < 0) from = col;
        if (!on && from >= 0) { g.rect(this.sx(a.x + from * a.spacing), this.sy(a.y + (row + 1) * a.spacing), (col - from) * size, size); from = -1; }
      }
    }
    g.fill();
  }

  shore(g, seconds) {
    const r = this.ratio, colours = { light: style("--oil-1"), moderate: style("--oil-3"), heavy: style("--oil-5"), "washed off": style("--soft") };
    for (const s of this.site.shore) {
      if (s.first > seconds) continue;
      g.beginPath(); g.arc(this.sx(s.x), this.sy(s.y), Math.max(2.6 * r, s.length / this.view.m / 2), 0, 7);
      g.fillStyle = style("--ashore"); g.fill(); g.beginPath(); g.arc(this.sx(s.x), this.sy(s.y), Math.max(1.7 * r, s.length / this.view.m / 2 - r), 0, 7); g.fillStyle = colours[s.class]; g.fill();
    }
  }

  particles(g) {
    const { count } = this.site.particles, [w, s, e, n] = this.site.particles.box, r = this.ratio;
    const k = Math.min(Math.floor(this.time), this.site.times.length - 1), next = Math.min(k + 1, this.site.times.length - 1), f = this.time - k;
    const ux = (e - w) / 65535, uy = (n - s) / 65535, size = (count > 1500 ? 2.4 : 3.2) * r;
    const buckets = Array.from({ length: 16 }, () => []);
    for (let i = 0; i < count; i++) { const code = this.pc[k * count + i]; if (code < 16) buckets[code].push(i); }
    const colours = this.codes();
    for (const code of [9, 8, 0, 1, 2, 3, 4, 5, 7, 6]) {
      g.fillStyle = colours[code]; const half = (code === 8 ? size * 0.7 : size) / 2;
      for (const i of buckets[code]) {
        const a = k * count + i, b = next * count + i, both = this.pc[b] < 16 ? f : 0;
        const x = w + ux * (this.px[a] + (this.px[b] - this.px[a]) * both), y = s + uy * (this.py[a] + (this.py[b] - this.py[a]) * both);
        g.fillRect(this.sx(x) - half, this.sy(y) - half, 2 * half, 2 * half);
      }
    }
  }

  /* 0-5 film by appearance code, 6 ashore, 7 in ice, 8 submerged or overwashed, 9 on the bed */
  codes() {
    const oil = [1, 1, 2, 3, 4, 5].map((q) => style(`--oil-${q}`));
    return [...oil, style("--ashore"), style("--oil-2"), style("--submerged"), style("--soft")];
  }

  places(g) {
    const r = this.ratio, ink = style("--place");
    g.font = `600 ${12.5 * r}px system-ui, sans-serif`; g.textAlign = "center"; g.lineJoin = "round";
    for (const p of this.site.places) {
      g.beginPath(); let top = [0, 1e9];
      if (p.ring.length >= 3) { p.ring.forEach(([x, y], k) => { const q = [this.sx(x), this.sy(y)]; if (q[1] < top[1]) top = q; if (k) g.lineTo(...q); else g.moveTo(...q); }); g.closePath(); top = [this.sx(p.middle[0]), top[1]]; }
      else { const [x, y] = p.ring[0], radius = Math.max(p.radius / this.view.m, 4 * r); g.arc(this.sx(x), this.sy(y), radius, 0, 7); top = [this.sx(x), this.sy(y) - radius]; }
      g.setLineDash([6 * r, 5 * r]); g.strokeStyle = ink; g.lineWidth = 1.6 * r; g.stroke(); g.setLineDash([]);
      const ys = p.ring.map((q) => this.sy(q[1])); if (Math.max(...ys) + p.radius / this.view.m < 0) continue;
      const name = this.words.pick(p.names), y = Math.max(top[1] - 6 * r, 18 * r);
      g.strokeStyle = style("--halo"); g.lineWidth = 4 * r; g.strokeText(name, top[0], y); g.fillStyle = ink; g.fillText(name, top[0], y);
    }
    g.strokeStyle = style("--banner"); g.lineWidth = 2 * r;
    for (const q of this.site.releases) { const x = this.sx(q.x), y = this.sy(q.y), d = 6 * r; g.beginPath(); g.moveTo(x - d, y); g.lineTo(x + d, y); g.moveTo(x, y - d); g.lineTo(x, y + d); g.moveTo(x + d, y); g.arc(x, y, d, 0, 7); g.stroke(); }
  }

  units(g) {
    const response = this.site.response; if (!response) return;
    const r = this.ratio, k = Math.min(Math.floor(this.time), this.site.times.length - 1), inks = ["--party-0", "--party-1", "--party-2", "--party-3"];
    g.lineJoin = "round"; g.lineCap = "round";
    for (const line of response.booms[k]) {
      for (const [ink, width] of [["--halo", 6], ["--boom", 3]]) {
        g.beginPath(); for (let i = 0; i < line.length; i += 2) { const q = [this.sx(line[i]), this.sy(line[i + 1])]; if (i) g.lineTo(...q); else g.moveTo(...q); }
        g.strokeStyle = style(ink); g.lineWidth = width * r; g.stroke();
      }
    }
    g.font = `600 ${11.5 * r}px system-ui, sans-serif`; g.textAlign = "center";
    for (const unit of response.units) {
      if (unit.state[k] === "off" || unit.state[k] === "released") continue;
      const ink = style(inks[unit.party % inks.length]);
      g.beginPath(); for (let i = 0; i <= k; i++) { const q = [this.sx(unit.x[i]), this.sy(unit.y[i])]; if (i) g.lineTo(...q); else g.moveTo(...q); }
      g.strokeStyle = ink; g.lineWidth = 1.2 * r; g.stroke();
      const x = this.sx(unit.x[k]), y = this.sy(unit.y[k]), d = 6 * r, name = this.words.pick(unit.names);
      g.beginPath(); g.moveTo(x, y - d); g.lineTo(x + d, y + d); g.lineTo(x - d, y + d); g.closePath(); const works = unit.state[k] === "on_task";
      g.fillStyle = works ? ink : style("--halo"); g.fill(); g.strokeStyle = works ? style("--halo") : ink; g.lineWidth = 1.5 * r; g.stroke();
      g.strokeStyle = style("--halo"); g.fillStyle = ink; g.lineWidth = 4 * r; g.strokeText(name, x, y - d - 4 * r); g.fillText(name, x, y - d - 4 * r);
      const state = this.words.say(`state_${unit.state[k]}`), below = y + d + 9 * r, bold = g.font;
      g.font = `${9.5 * r}px system-ui, sans-serif`; g.strokeText(state, x, below); g.fillText(state, x, below); g.font = bold;
    }
    g.lineCap = "butt";
  }

  scale(g) {
    const r = this.ratio, aim = 130 * r * this.view.m;
    g.strokeStyle = g.fillStyle = style("--ink"); g.lineWidth = 1.4 * r; g.font = `${11.5 * r}px system-ui, sans-serif`; g.textAlign = "center";
    [["km", 1000], ["nmi", 1852]].forEach(([unit, metres], row) => {
      const n = [200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2].find((q) => q * metres <= aim) || 0.1, w = n * metres / this.view.m, x = this.canvas.width - 16 * r - w, y = this.canvas.height - (40 - 24 * row) * r;
      g.beginPath(); g.moveTo(x, y - 4 * r); g.lineTo(x, y); g.lineTo(x + w, y); g.lineTo(x + w, y - 4 * r); g.stroke(); g.fillText(`${n} ${unit}`, x + w / 2, y - 4 * r);
    });
  }

  wind(g, seconds) {
    const w = this.site.wind; if (!w) return;
    const [u, v] = windAt(w, seconds), speed = Math.hypot(u, v), r = this.ratio, x = this.canvas.width - 42 * r, y = 42 * r;
    g.beginPath(); g.arc(x, y, 28 * r, 0, 7); g.fillStyle = style("--card"); g.fill(); g.strokeStyle = style("--line"); g.lineWidth = r; g.stroke();
    if (speed > 0.05) {
      const dx = u / speed, dy = -v / speed, k = 20 * r; g.strokeStyle = g.fillStyle = style("--ink"); g.lineWidth = 2.2 * r;
      g.beginPath(); g.moveTo(x - dx * k, y - dy * k); g.lineTo(x + dx * k * 0.6, y + dy * k * 0.6); g.stroke();
      g.beginPath(); g.moveTo(x + dx * k, y + dy * k); g.lineTo(x + dx * k * 0.3 - dy * 6 * r, y + dy * k * 0.3 + dx * 6 * r); g.lineTo(x + dx * k * 0.3 + dy * 6 * r, y + dy * k * 0.3 - dx * 6 * r); g.fill();
    }
    g.font = `600 ${11.5 * r}px system-ui, sans-serif`; g.textAlign = "right"; const text = `${this.words.say("wind")} ${speed.toFixed(0)} m/s`;
    g.strokeStyle = style("--halo"); g.lineWidth = 4 * r; g.strokeText(text, this.canvas.width - 12 * r, y + 44 * r); g.fillStyle = style("--ink"); g.fillText(text, this.canvas.width - 12 * r, y + 44 * r);
  }
}

function windAt(wind, seconds) {
  const t = wind.times; let k = t.findIndex((q) => q > seconds);
  if (k === 0) return [wind.x[0], wind.y[0]];
  if (k < 0) return [wind.x.at(-1), wind.y.at(-1)];
  const f = (seconds - t[k - 1]) / (t[k] - t[k - 1]);
  return [wind.x[k - 1] + f * (wind.x[k] - wind.x[k - 1]), wind.y[k - 1] + f * (wind.y[k] - wind.y[k - 1])];
}
