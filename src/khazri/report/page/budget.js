"use strict";
/* The mass budget: owners stacked over time, a line at the time of the slider. */
const OWNER_COLOURS = {
  afloat: "#d07a28", boomed: "#8c6d31", overwashed: "#5b7c99", submerged: "#3a75a8", on_bed: "#6b5b4b", ashore: "#8e3b46", in_ice: "#7fb3c8", left_domain: "#9aa5ad",
  evaporated: "#c9b458", dissolved: "#4c9a8f", biodegraded: "#6a8f3c", sedimented: "#7c6f64", recovered: "#6c5b9e", burned: "#b5483a", burn_residue: "#5a3a34", shore_cleaned: "#a387b8" };

class BudgetChart {
  constructor(svg, words, onSeek) {
    this.svg = svg; this.words = words; this.onSeek = onSeek;
    new ResizeObserver(() => { if (this.site) this.render(); }).observe(svg);
    const seek = (e) => {
      const box = svg.getBoundingClientRect(), t = this.site.times, seconds = (e.clientX - box.left - this.left) / (box.width - this.left - 8) * t.at(-1);
      let k = t.findIndex((q) => q >= seconds); if (k < 0) k = t.length - 1;
      onSeek(k > 0 ? k - 1 + (seconds - t[k - 1]) / (t[k] - t[k - 1]) : 0);
    };
    svg.addEventListener("pointerdown", (e) => { svg.setPointerCapture(e.pointerId); this.held = true; seek(e); });
    svg.addEventListener("pointermove", (e) => { if (this.held) seek(e); });
    svg.addEventListener("pointerup", () => { this.held = false; }); svg.addEventListener("pointercancel", () => { this.held = false; });
  }

  load(site, owners) { this.site = site; this.owners = owners; this.render(); }

  render() {
    const box = this.svg.getBoundingClientRect(), W = box.width, H = box.height; if (!W) return;
    const t = this.site.times, end = t.at(-1) || 1, top = Math.max(...this.site.released, 1), left = this.left = 52, low = H - 26;
    const X = (s) => left + s / end * (W - left - 8), Y = (kg) => low - kg / top * (low - 10);
    this.svg.setAttribute("viewBox", `0 0 ${W} ${H}`); this.svg.replaceChildren();
    const add = (kind, attributes, text) => { const el = document.createElementNS("http://www.w3.org/2000/svg", kind); for (const k in attributes) el.setAttribute(k, attributes[k]); if (text !== undefined) el.textContent = text; this.svg.append(el); return el; };
    const base = t.map(() => 0);
    this.owners.forEach((owner, i) => {
      if (!this.site.budget.some((row) => row[i] > 0)) return;
      const lower = t.map((s, k) => `${X(s).toFixed(1)},${Y(base[k]).toFixed(1)}`);
      t.forEach((s, k) => { base[k] += this.site.budget[k][i]; });
      const upper = t.map((s, k) => `${X(s).toFixed(1)},${Y(base[k]).toFixed(1)}`);
      const area = add("polygon", { points: [...upper, ...lower.reverse()].join(" "), fill: OWNER_COLOURS[owner], "fill-opacity": 0.88 });
      area.append(Object.assign(document.createElementNS("http://www.w3.org/2000/svg", "title"), { textContent: this.words.say(`owner_${owner}`) }));
    });
    const nice = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 5e4, 1e5, 1e6, 1e7, 1e8].find((q) => top / q <= 6);
    for (let v = 0; v <= top * 1.0001; v += nice) { add("line", { x1: left, x2: W - 8, y1: Y(v), y2: Y(v), stroke: style("--grid") }); add("text", { x: left - 7, y: Y(v) + 4, "text-anchor": "end" }, this.words.tonnes(v)); }
    const hours = [1, 2, 3, 6, 12, 24, 48].find((q) => end / 3600 / q <= Math.max(3, W / 75)) || 96;
    for (let h = 0; h * 3600 <= end; h += hours) add("text", { x: X(h * 3600), y: H - 7, "text-anchor": X(h * 3600) > W - 30 ? "end" : h ? "middle" : "start" }, `T+${String(h).padStart(2, "0")}`);
    this.cursor = add("line", { y1: 4, y2: low, stroke: style("--ink"), "stroke-width": 2 });
    this.X = X; this.at(this.seconds || 0);
  }

  at(seconds) { this.seconds = seconds; if (this.cursor) { const x = this.X(seconds); this.cursor.setAttribute("x1", x); this.cursor.setAttribute("x2", x); } }
}
