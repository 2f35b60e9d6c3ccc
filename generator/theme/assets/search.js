// The search page: Pagefind finds, and what is shown of a find is a file of ours. Nothing is fetched before a reader asks.
// All words come from the page.
(() => {
  const find = (name) => document.querySelector(`[data-${name}]`);
  const form = find("search");
  if (!form) return;
  const field = form.q, status = find("status"), list = find("results"), more = find("more"), narrow = find("narrow");
  const filters = [...form.querySelectorAll("select")];
  const parts = find("parts").content, plural = new Intl.PluralRules(document.documentElement.lang);
  const index = new URL(form.dataset.index, location).href;
  const STEP = 10;
  let engine, found = [], asked = 0, soon;

  const load = async () => {
    try {
      return await (engine ||= import(index + "pagefind.js"));
    } catch (error) {
      engine = null;
      throw error;
    }
  };
  // As in the index: punctuation parts words, and writing without spaces is searched by pairs of neighbours.
  const unspaced = new RegExp(`[${form.dataset.unspaced}]+`, "gu");
  const pairs = (run) => { const all = [...run]; return all.length < 2 ? all : all.slice(1).map((c, n) => all[n] + c); };
  const words = (text) => text.replace(/[“”„«»]/g, '"').replace(/[^\P{P}\x00-\x7f’‘]/gu, " ")
    .replace(unspaced, (run) => ` ${pairs(run).join(" ")} `).trim();

  const part = (kind) => parts.querySelector(`[data-part="${kind}"]`).cloneNode(true);
  const row = ({ kind, title, address, text, status, counts, lang }) => {
    const made = part("row"), link = made.querySelector("a");
    link.textContent = title;
    link.href = form.dataset.root + address;
    const marks = made.querySelector("[data-marks]");
    marks.append(part(kind));
    if (status) {
      const badge = part(status);
      badge.lastElementChild.textContent = counts;
      marks.append(badge);
    }
    const words = made.querySelector("[data-text]");
    words.textContent = text;
    if (lang) words.lang = lang;
    return made;
  };
  const show = async (n, my) => {
    const next = found.slice(n, n + STEP);
    const rows = await Promise.all(next.map(async ({ id }) => row(await (await fetch(`${index}finds/${id}.json`)).json())));
    if (my !== asked) return;
    if (n) list.append(...rows); else list.replaceChildren(...rows);
    more.hidden = n + STEP >= found.length;
    if (n) rows[0].querySelector("a").focus();
  };

  const say = (n) => {
    const { dataset } = status, form = plural.select(n);
    return dataset[form].replace("{n}", String(n).replace(/\B(?=(\d{3})+$)/g, dataset.thousands));
  };
  const fill = (counts) => {
    for (const select of filters) {
      const [every, ...known] = select.options, chosen = select.value, found = counts[select.name] || {};
      const title = (value) => parts.querySelector(`[data-part="${CSS.escape(value)}"] b`)?.textContent || value;
      const values = Object.keys(found).filter((value) => found[value] || value === chosen);
      if (chosen && !values.includes(chosen)) values.push(chosen);
      const options = values.map((value) => [select.name === "status" ? title(value) : value, value]).sort();
      for (const option of known) option.remove();
      select.append(...options.map(([title, value]) =>
        new Option(`${title} (${found[value] || 0})`, value, false, value === chosen)));
      select.value = chosen;
    }
  };
  const chosen = () => Object.fromEntries(filters.filter((s) => s.value).map((s) => [s.name, s.value]));
  const remember = () => {
    const query = new URLSearchParams({ ...(field.value.trim() && { q: field.value.trim() }), ...chosen() });
    try { history.replaceState(null, "", query.size ? "?" + query : location.pathname); } catch {} // a page from a disk
  };

  const search = async () => {
    clearTimeout(soon);
    const my = ++asked, term = words(field.value), wanted = chosen(), any = Object.keys(wanted).length;
    remember();
    let said = "";
    try {
      if (term || any || narrow.open) {
        const { search, filters } = await load();
        const every = narrow.open || any ? await filters() : null; // what they count is fetched once, when asked for
        const answer = term || any ? await search(term || null, { filters: wanted }) : { results: [] };
        if (my !== asked) return;
        if (every) fill(term ? answer.totalFilters : every);
        found = answer.results;
        await show(0, my);
        if (my !== asked) return;
        said = term || any ? (found.length ? say(found.length) : status.dataset.nothing) : "";
      } else {
        found = [];
        await show(0, my);
      }
    } catch {
      if (my !== asked) return;
      list.replaceChildren();
      more.hidden = true;
      said = status.dataset.missing;
    }
    status.textContent = said;
  };

  form.onsubmit = (event) => {
    event.preventDefault();
    search();
  };
  field.oninput = () => {
    clearTimeout(soon);
    soon = setTimeout(search, 150);
  };
  narrow.ontoggle = () => narrow.open && search();
  for (const select of filters) select.onchange = search;
  more.onclick = () => show(list.children.length, asked);

  const given = new URLSearchParams(location.search);
  field.value = given.get("q") || "";
  for (const select of filters) {
    const value = given.get(select.name);
    if (value) select.append(new Option(value, value, true, true));
  }
  narrow.open = Boolean(Object.keys(chosen()).length);
  form.hidden = false;
  if (field.value) search(); // an open narrow has asked already
})();
