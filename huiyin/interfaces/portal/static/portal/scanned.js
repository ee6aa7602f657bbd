// Number and code, or a receipt line, from the part of the address that browsers never send.
"use strict";

(() => {
  const form = document.querySelector("form[data-scanned]");
  if (!form || window.location.hash.length < 4) return;
  const found = new URLSearchParams(window.location.hash.slice(1));
  const put = (name, value) => {
    const field = form.querySelector(`[name="${name}"]`);
    if (field && value) field.value = value;
  };
  put("number", found.get("n"));
  put("code", found.get("c"));
  put("text", found.get("r"));
  window.history.replaceState(null, "", window.location.pathname);
  const button = form.querySelector("button");
  if (button) button.focus();
})();
