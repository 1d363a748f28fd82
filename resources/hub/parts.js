// Small pieces of the page, made with the DOM only: no text is ever read as markup.

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function number(label, value, { of = null, kind = "" } = {}) {
  const shown = make("dd", {}, String(value));
  if (of !== null) shown.append(make("small", {}, of));
  return make("div", { class: `number ${kind}`.trim() }, make("dt", {}, label), shown);
}

export function bars(arrivals, words, clockOf) {
  const { counts, from_ms: from, step_ms: step } = arrivals;
  if (!counts.length) return null;
  const most = Math.max(...counts);
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  const width = Math.max(counts.length, 12);
  picture.setAttribute("viewBox", `0 0 ${width} 100`);
  picture.setAttribute("preserveAspectRatio", "none");
  picture.setAttribute("class", "bars");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", `${words.per_five}: ${counts.join(", ")}`);
  counts.forEach((count, place) => {
    const height = most ? (100 * count) / most : 0;
    const bar = document.createElementNS(space, "rect");
    bar.setAttribute("x", place + 0.1);
    bar.setAttribute("y", 100 - height);
    bar.setAttribute("width", 0.8);
    bar.setAttribute("height", height);
    picture.append(bar);
  });
  return make(
    "figure", {},
    make("figcaption", {}, make("span", {}, words.per_five), make("span", {}, `${words.most} ${most}`)),
    picture,
    make("div", { class: "axis" }, make("span", {}, clockOf(from)), make("span", {}, clockOf(from + step * width))),
  );
}

export function table(caption, heads, rows) {
  const head = make("tr", {}, ...heads.map(([label, kind]) => make("th", { scope: "col", class: kind }, label)));
  const body = rows.map((cells) =>
    make("tr", {}, ...cells.map((cell, place) => {
      const [label, kind] = heads[place];
      return place === 0
        ? make("th", { scope: "row" }, cell)
        : make("td", { class: kind, "data-label": label }, cell);
    })),
  );
  return make(
    "table", {},
    caption ? make("caption", {}, caption) : null,
    make("thead", {}, head),
    make("tbody", {}, ...body),
  );
}

export function phone(text) {
  const dialled = text.replace(/[^0-9+]/g, "");
  return dialled ? make("a", { href: `tel:${dialled}` }, text) : "";
}

export function schools(units, words, key, onCopy) {
  const regions = new Map();
  for (const unit of units) {
    const region = unit.region || "";
    if (!regions.has(region)) regions.set(region, []);
    regions.get(region).push(unit);
  }
  const hasPeople = units.some((unit) => unit.people);
  const heads = [[words.school], [words.township], [words.phone, "tel"]];
  if (hasPeople) heads.push([words.people, "n"]);
  const tables = [...regions].map(([region, list]) =>
    table(
      regions.size > 1 || region ? `${region || words.other_region}（${list.length}）` : "",
      heads,
      list.map((unit) => {
        const cells = [unit.name, unit.township, phone(unit.phone)];
        return hasPeople ? [...cells, String(unit.people)] : cells;
      }),
    ),
  );
  const copy = make("button", { type: "button", class: "copy", id: `copy-${key}` }, words.copy);
  copy.addEventListener("click", () => onCopy(listText(regions, words)));
  return [copy, ...tables];
}

function listText(regions, words) {
  const lines = [];
  for (const [region, list] of regions) {
    if (region || regions.size > 1) lines.push(`【${region || words.other_region}】`);
    for (const unit of list) lines.push([unit.name, unit.township, unit.phone].filter(Boolean).join("\t"));
  }
  return lines.join("\n");
}

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = make("textarea", { "aria-hidden": "true", class: "unseen" });
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
