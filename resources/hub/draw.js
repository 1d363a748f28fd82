// From an event's figures to the page.
import { bars, copyText, make, number, schools, table } from "./parts.js";

const CURRENT = ["signing_in", "running", "today"];

export function draw(figures, words, language, nowMs) {
  const open = new Set([...document.querySelectorAll("details[open]")].map((item) => item.id));
  const focused = document.activeElement?.id;
  const look = { words, language, nowMs, zone: figures.plan?.zone || "Asia/Taipei" };
  drawHead(figures, words);
  drawNotice(figures, words);
  const isCurrent = (session) => CURRENT.includes(session.state) || isToday(session, look);
  const sessions = [...figures.sessions].sort((one, two) => (one.on + one.from).localeCompare(two.on + two.from));
  const current = sessions.filter(isCurrent);
  const later = sessions.filter((item) => item.state === "upcoming" && !isCurrent(item));
  const past = sessions.filter((item) => !current.includes(item) && !later.includes(item));
  fill("current", current.map((item) => card(item, look)));
  fill("later", later.map((item) => folded(item, look)));
  fill("past", past.map((item) => folded(item, look)));
  fill("anywhere", anywhere(figures, look));
  drawStations(figures, look);
  for (const item of document.querySelectorAll("details")) {
    if (open.has(item.id)) item.open = true;
  }
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function drawHead(figures, words) {
  const plan = figures.plan;
  document.getElementById("event-title").textContent = plan ? plan.title : words.title;
  document.getElementById("organiser").textContent = plan ? plan.organiser : words.title;
  document.title = plan ? `${plan.title} · ${words.title}` : words.title;
}

function drawNotice(figures, words) {
  const notice = document.getElementById("notice");
  let text = "";
  let kind = "";
  if (!figures.plan) text = words.no_plan;
  else if (figures.plan.rehearsal) [text, kind] = [words.rehearsal, "warn"];
  if (figures.not_understood) [text, kind] = [words.not_understood, "warn"];
  if (!figures.complete) text = `${words.counting} ${figures.counted.join(" / ")}`;
  notice.textContent = text;
  notice.dataset.kind = kind;
  notice.hidden = !text;
}

function fill(section, children) {
  document.getElementById(`${section}-cards`).replaceChildren(...children);
  document.getElementById(section).hidden = !children.length;
}

function isToday(session, look) {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: look.zone }).format(look.nowMs);
  return session.on === today;
}

const clockOf = (look) => (ms) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: look.zone, hour: "2-digit", minute: "2-digit" }).format(ms);

function dayOf(session, look) {
  const isChinese = look.language === "zh";
  const form = { month: isChinese ? "numeric" : "short", day: "numeric", weekday: "short", timeZone: "UTC" };
  return new Intl.DateTimeFormat(isChinese ? "zh-TW" : "en-GB", form).format(Date.parse(session.on));
}

function title(session) {
  return [session.batch, session.course].filter(Boolean).join(" · ") || session.title;
}

function where(session, look) {
  return `${dayOf(session, look)}　${session.from}–${session.until}　${session.venue}`;
}

function card(session, look) {
  const heading = make("h3", {}, title(session));
  const chip = make("span", { class: "chip", "data-state": session.state }, look.words[session.state]);
  const head = make("div", { class: "head" }, heading, chip, make("p", { class: "where" }, where(session, look)));
  return make("article", { class: "card", id: `session-${session.code}` }, head, ...inside(session, look));
}

function folded(session, look) {
  const { words } = look;
  const sum = session.help
    ? `${words.done} ${session.help.done}`
    : `${words.arrived} ${session.arrived}${words.of}${session.expected}`;
  return make(
    "details", { id: `session-${session.code}` },
    make("summary", {}, `${dayOf(session, look)}　${title(session)}`, make("span", { class: "sum" }, sum)),
    make("p", { class: "where" }, where(session, look)),
    ...inside(session, look),
  );
}

function inside(session, look) {
  return session.help ? helpDay(session.help, look) : briefing(session, look);
}

function briefing(session, look) {
  const { words } = look;
  const bar = make("progress", { max: Math.max(session.expected, 1), value: Math.min(session.arrived, session.expected), "aria-label": `${words.arrived} ${session.arrived}${words.of}${session.expected}` });
  return [
    make(
      "dl", { class: "numbers" },
      number(words.arrived, session.arrived, { of: `${words.of}${session.expected}`, kind: "first" }),
      number(words.present, session.present),
      number(words.left, session.left),
    ),
    bar,
    bars(session.arrivals, words, clockOf(look)),
    missing(session, look),
  ];
}

function missing(session, look) {
  const { words } = look;
  if (!session.units) return session.expected ? make("p", { class: "quiet" }, words.no_unit) : null;
  if (!session.missing.length) return make("p", { class: "good" }, `✓ ${words.all_here}`);
  return make(
    "details", { id: `missing-${session.code}`, class: "missing" },
    make("summary", {}, words.missing, make("span", { class: "count" }, String(session.missing.length))),
    ...schools(session.missing, words, session.code, tell(words)),
  );
}

function helpDay(help, look) {
  const { words } = look;
  const most = Math.max(1, ...help.topics.map((topic) => topic.count));
  const isLong = help.longest_wait_min >= 20;
  const topics = help.topics.map((topic) =>
    make(
      "li", { class: "topic" },
      make("span", {}, (look.language === "en" && topic.title_en) || topic.title),
      make("progress", { max: most, value: topic.count, "aria-hidden": "true" }),
      make("b", {}, String(topic.count)),
    ),
  );
  return [
    make(
      "dl", { class: "numbers" },
      number(words.waiting, help.waiting, { kind: "first" }),
      number(words.longest, help.longest_wait_min, { of: ` ${words.minutes}`, kind: isLong ? "alert" : "" }),
      number(words.serving, help.serving + help.called),
      number(words.parked, help.parked),
      number(words.done, help.done),
      number(words.tallies, help.tallies),
    ),
    topics.length ? make("figure", {}, make("figcaption", {}, words.topics), make("ul", { class: "topics" }, ...topics)) : null,
  ];
}

function anywhere(figures, look) {
  const { words } = look;
  const titles = new Map(figures.sessions.map((session) => [session.course_code, session.course]));
  return Object.entries(figures.missing_anywhere)
    .filter(([, units]) => units.length)
    .map(([course, units]) =>
      make(
        "details", { id: `anywhere-${course}` },
        make("summary", {}, titles.get(course) || course, make("span", { class: "count" }, String(units.length))),
        ...schools(units, words, `anywhere-${course}`, tell(words)),
      ),
    );
}

function drawStations(figures, look) {
  const { words } = look;
  const heads = [[words.station], [words.letter], [words.role], [words.last_contact], [words.clock], [words.facts, "n"]];
  const rows = figures.stations.map((station) => {
    const mark = station.revoked ? words.revoked : station.waiting ? words.waits_approval : "";
    const role = station.here ? words[`role_${station.role}`] : words.role_;
    return [
      station.label || station.letter || "—",
      station.letter || "—",
      mark ? make("span", { class: "chip", "data-state": "warn" }, mark) : role || "",
      ago(station.last_contact_ms, look),
      clock(station, words),
      station.facts.toLocaleString("en-US"),
    ];
  });
  document.getElementById("stations").hidden = !figures.plan;
  document
    .getElementById("station-list")
    .replaceChildren(rows.length ? table("", heads, rows) : make("p", { class: "quiet" }, words.no_stations));
}

function ago(ms, look) {
  const { words } = look;
  if (!ms) return words.never;
  const minutes = Math.floor((look.nowMs - ms) / 60000);
  if (minutes < 1) return words.ago_now;
  return minutes < 120 ? `${minutes} ${words.ago_min}` : `${Math.floor(minutes / 60)} ${words.ago_hours}`;
}

function clock(station, words) {
  if (station.clock_quality === "doubtful") return words.clock_doubtful;
  if (station.clock_offset_ms === null) return words.clock_unknown;
  const seconds = Math.round(station.clock_offset_ms / 100) / 10;
  return Math.abs(seconds) < 1 ? words.clock_ok : `${seconds > 0 ? "−" : "+"}${Math.abs(seconds)} s`;
}

let quiet = 0;

function tell(words) {
  return async (text) => {
    const told = document.getElementById("told");
    told.textContent = (await copyText(text)) ? words.copied : words.copy_failed;
    told.dataset.on = "";
    clearTimeout(quiet);
    quiet = setTimeout(() => delete told.dataset.on, 2500);
  };
}
