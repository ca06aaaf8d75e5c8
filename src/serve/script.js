"use strict";
// The server does all of this too, for browsers without scripts: it refuses combinations, counts characters and locks.
(() => {
  const byId = id => document.getElementById(id);

  // A page from the browser's memory may show answers that were handed in.
  addEventListener("pageshow", event => { if (event.persisted) location.reload(); });

  // Options that exclude all others.
  const form = byId("question");
  if (form) {
    const ticks = [...form.querySelectorAll("input[type=checkbox]")];
    const isAlone = tick => "alone" in tick.dataset;
    form.addEventListener("change", ({ target }) => {
      if (target.type !== "checkbox" || !target.checked) return;
      for (const tick of ticks) if (tick !== target && (isAlone(tick) || isAlone(target))) tick.checked = false;
    });
    form.addEventListener("input", ({ target }) => {
      if (target.name !== "answer" || !("limit" in target.dataset) || !target.value.trim()) return;
      for (const tick of ticks) if (isAlone(tick)) tick.checked = false;
    });
  }

  // Characters that are left.
  for (const field of document.querySelectorAll("[data-limit]")) {
    const hint = byId(field.id + "-limit");
    const count = () => {
      const left = field.dataset.limit - [...field.value.trim()].length;
      hint.textContent = field.dataset.left.replace("{}", left);
      hint.classList.toggle("error", left < 0);
    };
    field.addEventListener("input", count);
    if (field.value) count();
  }

  // The question whether the patient is still there, and the lock.
  const still = byId("still");
  if (!still) return;
  const [wait, warning] = [still.dataset.wait * 1000, still.dataset.warning * 1000];
  let last = Date.now(), told = last, before;
  const stay = () => {
    told = Date.now();
    const body = new URLSearchParams(new FormData(still.querySelector("form")));
    body.append("go", "stay");
    fetch("/locked", { method: "POST", body, redirect: "manual" }).catch(() => {});
  };
  const seen = () => {
    if (!still.hidden) return;
    last = Date.now();
    if (last - told > wait / 3) stay();
  };
  for (const sign of ["keydown", "pointerdown", "scroll"]) addEventListener(sign, seen, { passive: true });
  still.addEventListener("submit", event => {
    event.preventDefault();
    still.hidden = true;
    last = Date.now();
    stay();
    if (before) before.focus();
  });
  setInterval(() => {
    const away = Date.now() - last;
    if (away > wait + warning + 1000) location.replace("/locked");
    else if (away > wait && still.hidden) {
      before = document.activeElement;
      still.hidden = false;
      still.querySelector("button").focus();
    }
  }, 1000);
})();
