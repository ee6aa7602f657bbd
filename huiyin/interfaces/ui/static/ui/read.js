// Read the page aloud with the device's own voice; the button shows only where there is one.
"use strict";

(() => {
  const button = document.querySelector("[data-read]");
  const speech = window.speechSynthesis;
  if (!button || !speech || !window.SpeechSynthesisUtterance) return;
  const label = button.querySelector("span");
  const start = label.textContent;
  const main = document.getElementById("main");

  const passages = () => Array.from(main.querySelectorAll("h1, h2, h3, p, li, dt, dd, th, td, label, legend"))
    .filter((part) => part.offsetParent && !part.querySelector("p, li, h3, dd, td"))
    .map((part) => part.innerText.trim())
    .filter(Boolean);

  const finish = () => { label.textContent = start; button.setAttribute("aria-pressed", "false"); };

  button.hidden = false;
  button.addEventListener("click", () => {
    if (speech.speaking) { speech.cancel(); finish(); return; }
    label.textContent = button.dataset.stop;
    button.setAttribute("aria-pressed", "true");
    const texts = passages();
    texts.forEach((text, place) => {
      const words = new SpeechSynthesisUtterance(text);
      words.lang = document.documentElement.lang;
      words.rate = 0.9;
      if (place === texts.length - 1) words.onend = finish;
      speech.speak(words);
    });
  });
  window.addEventListener("pagehide", () => speech.cancel());
})();
