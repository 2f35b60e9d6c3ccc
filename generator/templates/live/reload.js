// Loads the page anew once it, the styles or the problems differ from what it shows. Part of `onrecord serve` only.
"use strict";
const shown = document.currentScript.dataset.tag;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const seen = () =>
  document.hidden && new Promise((done) => addEventListener("visibilitychange", done, { once: true }));

(async () => {
  for (;;) {
    await seen(); // a browser keeps few connections to one server: pages in the background ask nothing
    try {
      const answer = await fetch(`/.onrecord/wait/${shown}${location.pathname}`);
      if (answer.ok && (await answer.text()) !== shown) return location.reload();
    } catch {
      await pause(1000); // the server is gone, or starts again
    }
  }
})();
