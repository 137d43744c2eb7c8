"use strict";
/* Ties the page together: language, theme, site, time. */
const report = JSON.parse(document.getElementById("payload").textContent);
const $ = (id) => document.getElementById(id);
const words = {
  language: "en",
  say(key) { return report.languages[this.language][key] ?? report.languages.en[key] ?? key; },
  pick(names) { return names[this.language] || names.en || Object.values(names)[0] || ""; },
  number(value, digits = 1) { return new Intl.NumberFormat(this.language === "az" ? "de" : this.language, /* as in Azerbaijani, for which Chromium has no figures */ { maximumFractionDigits: digits, minimumFractionDigits: 0 }).format(value); },
  tonnes(kg) { return `${this.number(kg / 1000, kg < 1e4 ? 2 : 1)} ${this.say("tonne")}`; },
};
let site = null, time = 0, playing = false, last = 0;

function element(kind, attributes = {}, ...children) {
  const el = document.createElement(kind);
  for (const key in attributes) { if (key === "text") el.textContent = attributes[key]; else el.setAttribute(key, attributes[key]); }
  el.append(...children); return el;
}
function exerciseTime(seconds) { const m = Math.round(seconds / 60); return `T+${String(Math.floor(m / 60)).padStart(2, "0")}:${String(m % 60).padStart(2, "0")}`; }
function utc(seconds) { return new Date(report.start + seconds * 1000).toISOString().slice(0, 16).replace("T", " ") + " UTC"; }
function mariner(lon, lat) {
  const one = (v, w, l) => { const m = Math.round(Math.abs(v) * 600); return `${String(Math.floor(m / 600)).padStart(w, "0")}-${(m % 600 / 10).toFixed(1).padStart(4, "0")}${l[v < 0 ? 1 : 0]}`; };
  return `${one(lat, 2, "NS")} ${one(lon, 3, "EW")}`;
}
function table(target, heads, rows, options = {}) {
  const body = rows.map((cells, k) => {
    const row = element("tr", options.classes ? { class: options.classes[k] || "" } : {});
    cells.forEach((cell, i) => { const numeric = heads[i].n; row.append(i ? element("td", { class: numeric ? "n" : options.word ? "word" : "" }) : element("th", { scope: "row" })); const at = row.lastChild; if (cell instanceof Node) at.append(cell); else at.textContent = cell; });
    return row;
  });
  target.replaceChildren(element("thead", {}, element("tr", {}, ...heads.map((h) => element("th", { scope: "col", class: h.n ? "n" : "", text: h.text })))), element("tbody", {}, ...body));
}
const map = new SpillMap($("map"), words, (hit) => {
  $("probe").hidden = !hit;
  if (hit) $("probe").textContent = `${mariner(hit.lon, hit.lat)}  (${hit.lat.toFixed(4)}, ${hit.lon.toFixed(4)})` + (hit.depth < 254 ? `  ${words.say("depth")} ${hit.depth >= 200 ? "≥ " : ""}${hit.depth} m` : "") + map.sea.say(hit.x, hit.y, map.secondsAt(time), words);
});
const chart = new BudgetChart($("chart"), words, (at) => { stop(); seek(at); });

function seek(at) {
  time = Math.min(Math.max(at, 0), site.times.length - 1);
  $("slider").value = time; map.time = time; map.draw();
  const seconds = map.secondsAt(time); chart.at(seconds);
  $("clock").textContent = exerciseTime(seconds); $("utc").textContent = utc(seconds);
  $("local").textContent = report.parties.map((p) => `${words.pick(p.names)} ${new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: p.zone }).format(report.start + seconds * 1000)}`).join(" · ");
  $("slider").setAttribute("aria-valuetext", `${exerciseTime(seconds)}, ${utc(seconds)}`);
  const k = Math.round(time); if (k !== seek.row) { seek.row = k; now(k); }
}
function now(k) {
  const s = site, wind = s.wind ? windAt(s.wind, s.times[k]) : null, rows = [];
  rows.push([words.say("time"), `${exerciseTime(s.times[k])}, ${utc(s.times[k])}`], [words.say("centre"), s.centre[k] || "–"], [words.say("visible_area"), `${words.number(s.area[k], 1)} km²`], [words.say("thickest"), `${words.number(s.film[k], s.film[k] < 10 ? 2 : 0)} µm`]);
  if (wind) { const v = Math.hypot(...wind), from = Math.round((Math.atan2(-wind[0], -wind[1]) * 180 / Math.PI + 360) % 360); rows.push([words.say("wind"), `${words.number(v, 1)} m/s (${words.number(v / 0.514444, 0)} kn), ${words.say("from")} ${String(from).padStart(3, "0")}°`]); }
  if (s.weather) rows.push(...weatherRows(s.weather[k]));
  $("now").replaceChildren(...rows.map(([a, b]) => element("div", {}, element("dt", { text: a }), element("dd", { text: b }))));
  const total = s.released[k] || 1, owners = report.owners.map((o, i) => [o, i]).filter(([, i]) => s.budget.some((r) => r[i] > 0));
  const body = owners.map(([o, i]) => [element("span", {}, element("i", { class: "key", style: `background:${OWNER_COLOURS[o]}` }), words.say(`owner_${o}`)), words.tonnes(s.budget[k][i]), `${words.number(100 * s.budget[k][i] / total, 1)} %`]);
  table($("budget-now"), [{ text: `${words.say("owner")} · ${exerciseTime(s.times[k])}` }, { text: words.say("mass"), n: 1 }, { text: words.say("share"), n: 1 }], [...body, [words.say("released"), words.tonnes(s.released[k]), "100 %"]], { classes: [...body.map(() => ""), "sum"] });
  document.querySelectorAll("#budget-all tr.marked").forEach((r) => r.classList.remove("marked")); $("budget-all").tBodies[0]?.rows[k]?.classList.add("marked");
}
function weatherRows(w) {
  const rows = [], celsius = (kelvin) => `${words.number(kelvin - 273.15, 1)} °C`;
  if (w.air !== undefined) rows.push([words.say("air"), celsius(w.air) + (w.chill !== undefined && w.chill < w.air - 0.5 ? ` (${words.say("wind_chill")} ${celsius(w.chill)})` : "")]);
  if (w.water !== undefined) rows.push([words.say("water_temperature"), celsius(w.water)]);
  if (w.waves !== undefined) rows.push([words.say("waves"), `${words.number(w.waves, 1)} m, ${words.number(w.period, 1)} s`]);
  if (w.ice !== undefined && w.ice > 0) rows.push([words.say("ice_cover"), `${words.number(10 * w.ice, 0)}/10`]);
  if (w.visibility !== undefined) rows.push([words.say("visibility"), `${words.number(w.visibility / 1000, w.visibility < 5000 ? 1 : 0)} km`]);
  if (w.light !== undefined) rows.push([words.say("daylight"), words.say(`light_${w.light}`)]);
  return rows;
}
function stop() { playing = false; $("play").setAttribute("aria-pressed", "false"); $("play").firstChild.textContent = words.say("play"); }
function play() {
  if (playing) return stop();
  if (time >= site.times.length - 1) seek(0);
  playing = true; $("play").setAttribute("aria-pressed", "true"); $("play").firstChild.textContent = words.say("pause"); last = performance.now();
  requestAnimationFrame(function tick(at) {
    if (!playing) return;
    const pace = 3.2 * Number($("speed").value); seek(time + Math.min(at - last, 100) / 1000 * pace); last = at;
    if (time >= site.times.length - 1) stop(); else requestAnimationFrame(tick);
  });
}
function text() {
  document.documentElement.lang = words.language;
  for (const el of document.querySelectorAll("[data-say]")) el.textContent = words.say(el.dataset.say);
  for (const el of document.querySelectorAll("[data-title]")) { el.title = words.say(el.dataset.title); el.setAttribute("aria-label", el.title); }
  $("title").textContent = words.pick(report.titles); $("purpose").textContent = words.pick(report.purposes); $("map").setAttribute("aria-label", words.say("map"));
  document.title = `${words.say("exercise")}: ${words.pick(report.titles)}`;
  for (const option of $("site").options) option.textContent = words.pick(report.sites[option.value].names);
  $("navigation").textContent = site.not_for_navigation ? ` · ${words.say("not_for_navigation")}` : "";
  if (!playing) $("play").firstChild.textContent = words.say("play");
  fill();
}
function fill() {
  const s = site, end = s.times.length - 1, total = s.released[end] || 1, ashore = report.owners.indexOf("ashore"), evaporated = report.owners.indexOf("evaporated"), afloat = report.owners.indexOf("afloat");
  const share = (i) => `${words.number(100 * s.budget[end][i] / total, 0)} %`, first = s.shore.length ? Math.min(...s.shore.map((q) => q.first)) : null;
  const facts = [[words.say("released"), words.tonnes(s.released[end]), s.releases.map((r) => r.oil).filter((v, k, a) => a.indexOf(v) === k).join(", ")], [words.say("owner_afloat"), share(afloat), exerciseTime(s.times[end])], [words.say("owner_evaporated"), share(evaporated), exerciseTime(s.times[end])], [words.say("owner_ashore"), share(ashore), exerciseTime(s.times[end])],
    [words.say("first_landfall"), first === null ? "–" : exerciseTime(first), first === null ? words.say("none_until_end") : utc(first)], [words.say("oiled_length"), `${words.number(s.shore.reduce((a, q) => a + (q.kg > 0 ? q.length : 0), 0) / 1000, 1)} km`, exerciseTime(s.times[end])]];
  $("figures").replaceChildren(...facts.map(([a, b, c]) => element("div", {}, element("dt", { text: a }), element("dd", {}, b, element("small", { text: c })))));
  legend();
  const used = report.owners.map((o, i) => i).filter((i) => s.budget.some((r) => r[i] > 0));
  table($("budget-all"), [{ text: words.say("time") }, { text: words.say("released"), n: 1 }, ...used.map((i) => ({ text: words.say(`owner_${report.owners[i]}`), n: 1 }))], s.times.map((t, k) => [exerciseTime(t), words.tonnes(s.released[k]), ...used.map((i) => words.tonnes(s.budget[k][i]))]));
  $("units-card").hidden = !s.response;
  if (s.response) table($("units"), [{ text: words.say("unit") }, { text: words.say("kind") }, { text: words.say("busy_hours"), n: 1 }, { text: words.say("recovered_oil"), n: 1 }, { text: words.say("mixture"), n: 1 }, { text: words.say("treated_oil"), n: 1 }, { text: words.say("waste"), n: 1 }, { text: words.say("cost"), n: 1 }],
    s.response.units.map((u) => [words.pick(u.names), words.say(`kind_${u.kind}`), words.number(u.hours, 1), words.tonnes(u.recovered), `${words.number(u.mixture, 1)} m³`, words.tonnes(u.treated), `${words.number(u.waste, 1)} m³`, words.number(u.cost, 0)]));
  table($("places"), [{ text: words.say("place") }, { text: words.say("weight"), n: 1 }, { text: words.say("first_arrival") }, { text: words.say("peak"), n: 1 }, { text: words.say("at_end"), n: 1 }, { text: words.say("nearest"), n: 1 }],
    s.places.map((p) => [words.pick(p.names), words.number(p.weight), p.first === null ? words.say("not_reached") : `${exerciseTime(p.first)} · ${utc(p.first)}`, words.tonnes(p.peak), words.tonnes(p.last), p.nearest === null ? "–" : p.nearest === 0 ? "0" : `${words.number(p.nearest / 1000, 1)} km`]), { classes: s.places.map((p) => (p.first === null ? "none" : "")) });
  const heads = [{ text: words.say("position") }, { text: words.say("shore_type") }, { text: words.say("length"), n: 1 }, { text: words.say("mass"), n: 1 }, { text: "g/m²", n: 1 }, { text: words.say("class") }, { text: words.say("first_hit") }];
  const row = (q) => [q.position, words.say(`shore_type_${q.kind}`), `${words.number(q.length, 0)} m`, words.tonnes(q.kg), words.number(q.grams, 0), words.say(`degree_${q.class.replace(" ", "_")}`), exerciseTime(q.first)];
  table($("shore"), heads, s.shore.slice(0, 10).map(row)); $("shore").hidden = !s.shore.length;
  $("shore-more").hidden = s.shore.length <= 10; if (s.shore.length > 10) table($("shore-all"), heads, s.shore.map(row));
  $("shore-sum").textContent = s.shore.length ? words.say("shore_sum").replace("{n}", words.number(s.shore.length)).replace("{km}", words.number(s.shore.reduce((a, q) => a + q.length, 0) / 1000, 1)).replace("{t}", words.tonnes(s.budget[end][ashore])) : words.say("shore_none");
  const topics = [...new Set(s.notes.map((n) => n.topic))];
  $("notes").replaceChildren(...topics.flatMap((topic) => [element("h3", { text: words.say(`topic_${topic}`) }), element("ul", {}, ...s.notes.filter((n) => n.topic === topic).map((n) => element("li", { lang: "en", text: n.text })))]));
  if (!topics.length) $("notes").textContent = words.say("no_notes");
  table($("record"), [{ text: words.say("record_name") }, { text: words.say("record_value") }], report.record.map(([key, value]) => [words.say(`record_${key}`), value]), { word: true });
  $("sources").textContent = s.attributions.length ? `${words.say("sources")}: ${s.attributions.join("; ")}` : "";
  seaCard(s); originTable(s);
  seek.row = -1; chart.load(s, report.owners); seek(time); map.still = null; map.draw();
}
function seaCard(s) {
  $("layers").hidden = $("sea-card").hidden = !s.sea; if (!s.sea) return;
  drawGauges($("gauges"), s.sea, words);
  $("gauge-key").replaceChildren(...s.sea.gauges.map((q, i) => element("span", {}, element("i", { style: `background:${GAUGE_COLOURS[i % GAUGE_COLOURS.length]}` }), words.pick(q.names))));
  table($("gauge-table"), [{ text: words.say("place") }, { text: words.say("sea_highest"), n: 1 }, { text: words.say("sea_lowest"), n: 1 }, { text: words.say("at_end"), n: 1 }], s.sea.gauges.map((q) => {
    const known = q.levels.filter((m) => m !== null), metres = (m) => `${m < 0 ? "−" : "+"}${words.number(Math.abs(m), 2)} m`, last = q.levels.at(-1);
    return [words.pick(q.names), known.length ? metres(Math.max(...known)) : "–", known.length < q.levels.length ? words.say("sea_dry") : metres(Math.min(...known)), last === null ? words.say("sea_dry") : metres(last)];
  }));
  $("sea-source").textContent = s.sea.source;
}
function originTable(s) {
  $("origin-card").hidden = !s.fields.length;
  table($("origins"), [{ text: words.say("field") }, { text: words.say("field_kind") }, { text: words.say("field_source") }], s.fields.map((q) => [words.say(`field_${q.field}`), q.shares.length ? q.shares.map(([kind, share]) => `${words.say(`field_kind_${kind}`)} ${share}`).join(", ") : words.say(`field_kind_${q.kind}`), [q.source, q.fallback].filter(Boolean).join("; ")]), { word: true });
}
function legend() {
  const items = [1, 2, 3, 4, 5].map((k) => [`--oil-${k}`, `${words.say(`baoac_${k}`)} (≥ ${[0.04, 0.3, 5, 50, 200][k - 1]} µm)`, ""]);
  items.push(["--submerged", words.say("submerged"), ""], ["--ashore", words.say("ashore"), ""], ["--swept", words.say("swept"), "area"], ["--banner", words.say("release"), ""], ["--place", words.say("places"), ""]);
  if (site.sea && map.sea?.shows.level) items.push(["--sea-low", `−${words.number(site.sea.scale, 2)} m`, "area"], ["--sea-high", `+${words.number(site.sea.scale, 2)} m ${words.say("sea_level")}`, "area"], ["--sea-dry", words.say("sea_dry"), "area"]);
  if (site.sea && map.sea?.shows.current) items.push(["--ink", words.say("sea_arrows"), ""]);
  $("legend").replaceChildren(...items.map(([colour, label, kind]) => element("span", {}, element("i", { class: kind, style: `background:var(${colour})` }), label)));
}
async function open(index) {
  stop(); site = report.sites[index]; time = site.times.length - 1; $("slider").max = site.times.length - 1;
  for (const layer of ["level", "current"]) $(`layer-${layer}`).checked = false;
  await map.load(site); text(); document.body.dataset.ready = "yes";
}
for (const [key, value] of Object.entries(report.languages)) $("language").append(element("option", { value: key, text: value.language }));
words.language = report.language;
try { const asked = new URLSearchParams(location.search).get("lang") || (navigator.languages || []).map((q) => q.slice(0, 2)).find((q) => q in report.languages); if (asked in report.languages) words.language = asked; } catch { /* the report's own language stands */ }
const theme = new URLSearchParams(location.search).get("theme"); if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = $("theme").value = theme;
$("language").value = words.language; $("language").addEventListener("change", (e) => { words.language = e.target.value; text(); });
$("theme").addEventListener("change", (e) => { document.documentElement.dataset.theme = e.target.value; fill(); });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => fill());
report.sites.forEach((s, k) => $("site").append(element("option", { value: k, text: words.pick(s.names) }))); $("site-label").hidden = report.sites.length < 2;
$("site").addEventListener("change", (e) => open(Number(e.target.value)));
$("play").addEventListener("click", play); $("slider").addEventListener("input", (e) => { stop(); seek(Number(e.target.value)); });
for (const layer of ["level", "current"]) $(`layer-${layer}`).addEventListener("change", (e) => { map.sea.shows[layer] = e.target.checked; legend(); map.draw(); });
$("zoom-in").addEventListener("click", () => map.zoom(0.7)); $("zoom-out").addEventListener("click", () => map.zoom(1.4)); $("zoom-fit").addEventListener("click", () => map.fit());
document.addEventListener("keydown", (e) => {
  if (/^(SELECT|INPUT|TEXTAREA|BUTTON|SUMMARY)$/.test(e.target.tagName) || e.ctrlKey || e.metaKey || e.altKey) return;
  const act = { " ": play, ArrowRight: () => { stop(); seek(Math.floor(time) + 1); }, ArrowLeft: () => { stop(); seek(Math.ceil(time) - 1); }, Home: () => seek(0), End: () => seek(1e9), "+": () => map.zoom(0.7), "=": () => map.zoom(0.7), "-": () => map.zoom(1.4), 0: () => map.fit() }[e.key];
  if (act && !(e.key === " " && e.target.tagName === "A") && (e.key !== "Home" && e.key !== "End" || e.target.id === "map" || e.target.id === "chart")) { e.preventDefault(); act(); }
});
open(0);
