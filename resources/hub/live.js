// Asks for figures every few seconds; equal figures are answered with nothing.
import { draw } from "./draw.js";
import { make } from "./parts.js";

const EVERY_MS = 2000;
const PATIENCE_MS = 10000;
const SLOWEST_MS = 15000;
const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
const page = { words: {}, event: "", tag: "", figures: null, readMs: 0, failures: 0, timer: 0 };

async function ask(path, headers = {}) {
  const answer = await fetch(path, {
    headers, cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (answer.status === 401) {
    location.assign("/");
    throw new Error("signed out");
  }
  if (!answer.ok && answer.status !== 304) throw new Error(`status ${answer.status}`);
  return answer;
}

async function start() {
  const words = await (await ask("/page/words.json")).json();
  for (const [name, both] of Object.entries(words)) page.words[name] = both[language];
  document.addEventListener("visibilitychange", () => document.hidden || look());
  addEventListener("online", look);
  document.getElementById("events").addEventListener("change", (happened) => choose(happened.target.value));
  await listEvents();
}

async function listEvents() {
  const { events } = await (await ask("/v1/live")).json();
  const wanted = location.hash.slice(1);
  const chosen = events.find((each) => each.id === wanted) || events[0];
  const list = document.getElementById("events");
  list.replaceChildren(...events.map((each) => make("option", { value: each.id, selected: each === chosen }, each.name || each.id.slice(0, 8))));
  document.getElementById("event-pick").hidden = events.length < 2;
  if (chosen) choose(chosen.id);
  else {
    document.getElementById("event-title").textContent = page.words.no_events;
    status("live");
    page.timer = setTimeout(retry, EVERY_MS * 3);
  }
}

function choose(event) {
  Object.assign(page, { event, tag: "", figures: null });
  history.replaceState(null, "", `#${event}`);
  look();
}

async function look() {
  clearTimeout(page.timer);
  const event = page.event;
  if (!event) return;
  try {
    const answer = await ask(`/v1/live/${encodeURIComponent(event)}`, page.tag ? { "if-none-match": page.tag } : {});
    const nowMs = Number(answer.headers.get("x-venuedesk-time")) || Date.now();
    const figures = answer.status === 304 ? page.figures : await answer.json();
    if (event !== page.event) return;
    const isNew = figures !== page.figures || nowMs - page.drawnMs > 30000;
    Object.assign(page, { figures, tag: answer.headers.get("etag") || page.tag, readMs: nowMs, failures: 0 });
    if (isNew) {
      draw(figures, page.words, language, nowMs);
      page.drawnMs = nowMs;
    }
    status("live");
  } catch (error) {
    if (error.message === "signed out") return;
    page.failures += 1;
    status("lost");
  }
  if (event === page.event) next();
}

function next() {
  clearTimeout(page.timer);
  const pace = page.figures && !page.figures.complete ? 300 : EVERY_MS;
  const wait = page.failures ? Math.min(SLOWEST_MS, EVERY_MS * 2 ** Math.min(page.failures - 1, 3)) : pace;
  // A hidden page asks rarely; it asks at once when it is seen again.
  page.timer = setTimeout(look, document.hidden ? SLOWEST_MS * 4 : wait);
}

function status(state) {
  const zone = page.figures?.plan?.zone || "Asia/Taipei";
  const form = { timeZone: zone, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };
  const at = page.readMs ? new Intl.DateTimeFormat("en-GB", form).format(page.readMs) : "";
  document.getElementById("connection").dataset.state = state;
  const { words } = page;
  const said = state === "live" ? `${words.updated} ${at}` : at ? `${words.lost} ${at}` : words.connecting;
  document.getElementById("connection-words").textContent = said || "…";
}

async function retry() {
  try {
    await (Object.keys(page.words).length ? listEvents() : start());
  } catch (error) {
    if (error.message === "signed out") return;
    document.getElementById("connection").dataset.state = "lost";
    page.timer = setTimeout(retry, EVERY_MS * 2);
  }
}

retry();
