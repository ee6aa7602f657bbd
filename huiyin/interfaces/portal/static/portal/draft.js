// Save the draft by itself while one writes; every page works without this.
"use strict";

(() => {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  let changed = false;
  let sending = false;
  const save = async () => {
    if (!changed || sending) return;
    sending = true;
    changed = false;
    const data = new FormData(form);
    form.querySelectorAll("input[type=file]").forEach((input) => data.delete(input.name));
    data.set("go", "save");
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
      const address = new URL(answer.url);
      if (answer.ok && address.pathname.startsWith("/file/") && form.action !== answer.url) {
        form.action = address.pathname;
        window.history.replaceState(null, "", address.pathname);
      }
    } catch {
      changed = true;
    }
    sending = false;
  };
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.setInterval(save, 20000);
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
})();
