// Small conveniences; every page works without them.
"use strict";

(() => {
  // Lead the reader to the list of problems after a refused form.
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  // Filters stand open where there is room for them.
  if (window.matchMedia("(min-width: 992px)").matches) {
    document.querySelectorAll("[data-filter]").forEach((bar) => { bar.open = true; });
  }

  // A menu closes when one clicks elsewhere or presses Escape.
  const menus = () => document.querySelectorAll("details.menu[open], details.portal-menu[open]");
  document.addEventListener("click", (event) => {
    menus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menus().forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
  });

  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  // A second click on the same button does not send the form again.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "1";
    window.setTimeout(() => { delete event.target.dataset.sent; }, 8000);
  });

  // Name and size of the chosen files, before they are sent.
  const size = (bytes) => bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
  document.querySelectorAll("[data-upload]").forEach((box) => {
    const input = box.querySelector("input[type=file]");
    const list = box.querySelector(".upload-list");
    if (!input || !list) return;
    input.addEventListener("change", () => {
      list.replaceChildren(...Array.from(input.files, (file) => {
        const line = document.createElement("li");
        const name = document.createElement("span");
        const amount = document.createElement("span");
        name.textContent = file.name;
        amount.textContent = size(file.size);
        const limit = Number(input.dataset.limit || 0);
        if (limit && file.size > limit) line.className = "upload-wrong";
        line.append(name, amount);
        return line;
      }));
      list.hidden = !input.files.length;
    });
  });
})();
