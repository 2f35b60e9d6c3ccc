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
})();
