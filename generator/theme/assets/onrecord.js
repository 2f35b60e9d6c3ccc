// All that script adds. Pages are complete without it.
(() => {
  const page = document.documentElement;
  const find = (name) => document.querySelector(`[data-${name}]`);

  // Colours follow the system until the reader chooses.
  const stored = (value) => { try { return value ? (localStorage.scheme = value) : localStorage.scheme; } catch {} };
  const system = matchMedia("(prefers-color-scheme: dark)");
  const button = find("theme");
  if (/^(dark|light)$/.test(stored())) page.dataset.scheme = stored();
  if (button) {
    const other = () => ((page.dataset.scheme || (system.matches ? "dark" : "light")) === "dark" ? "light" : "dark");
    const words = { dark: button.textContent, ...button.dataset };
    const label = () => {
      button.textContent = words[other()];
      button.ariaLabel = words[other() + "Label"];
      button.hidden = false;
    };
    button.onclick = () => {
      stored(page.dataset.scheme = other());
      label();
    };
    system.onchange = label;
    label();
  }

  for (const copy of document.querySelectorAll("[data-copy]")) {
    copy.hidden = !navigator.clipboard;
    copy.onclick = async () => {
      await navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent.trim());
      copy.textContent = copy.closest("[data-copied]").dataset.copied;
    };
  }

  // Search: each word must begin a word of an item. The index comes with the first word.
  const form = find("search");
  if (!form) return;
  const field = form.q, list = find("results"), status = find("status");
  const split = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
  const spaced = (text) => " " + split(text).join(" ");
  let index;
  const load = async () => {
    const { items } = await (await fetch(form.dataset.index)).json();
    return items.map((item) => [item, spaced(item[1]), spaced(item[4])]);
  };
  const score = ([, title, text], words) => {
    const gains = words.map((word) => (title.includes(" " + word) ? 3 : +text.includes(" " + word)));
    return gains.includes(0) ? 0 : gains.reduce((a, b) => a + b);
  };
  const show = ([[kind, title, address, badge, text]]) => {
    const row = document.createElement("li");
    const add = (tag, name, words) => row.append(Object.assign(document.createElement(tag), { className: name, textContent: words }));
    add("a", "ct", title);
    row.firstChild.href = form.dataset.root + address;
    add("p", "", badge ? kind + " · " + badge : kind);
    add("p", "fine", text.replace(/(.{150}\S*) .*/, "$1 …"));
    return row;
  };
  const search = async () => {
    const asked = field.value, words = split(asked);
    let said = "", found = [];
    if (words.length) {
      try {
        found = (await (index ||= load())).filter((x) => score(x, words)).sort((a, b) => score(b, words) - score(a, words));
        const n = found.length;
        said = n ? n + (n > 1 ? " results" : " result") + (n > 50 ? ", 50 shown" : "") : "Nothing found. Browse all claims below.";
      } catch {
        index = 0;
        said = "Search is not available. Browse all claims below.";
      }
    }
    if (asked !== field.value) return;
    list.replaceChildren(...found.slice(0, 50).map(show));
    status.textContent = said;
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    search();
  };
  field.oninput = search;
  form.hidden = false;
  field.value = new URLSearchParams(location.search).get("q") || "";
  search();
})();
