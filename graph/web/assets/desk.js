// What the pages do more where scripts may run: pictures can be made larger, lists filter themselves when a box is ticked.
"use strict";
(() => {
  for (const figure of document.querySelectorAll("[data-picture]")) {
    const svg = figure.querySelector("svg, img");
    if (!svg) continue;
    const natural = Number(svg.getAttribute("width")) || 960;
    let zoom = 0; // 0 is as wide as the page
    const bar = document.createElement("div");
    bar.className = "zoom";
    const show = () => {
      figure.classList.toggle("zoomed", zoom > 0);
      if (zoom > 0) svg.setAttribute("width", String(Math.round(natural * zoom)));
      else svg.setAttribute("width", String(natural));
    };
    const button = (text, name, act) => {
      const b = document.createElement("button");
      b.type = "button";
      b.textContent = text;
      b.setAttribute("aria-label", name);
      b.addEventListener("click", () => { act(); show(); });
      bar.append(b);
    };
    button("+", "Larger", () => { zoom = Math.min((zoom || 1) * 1.5, 12); });
    button("\u2212", "Smaller", () => { zoom = zoom > 1.6 ? zoom / 1.5 : 0; });
    button("Fit", "As wide as the page", () => { zoom = 0; });
    figure.prepend(bar);
  }
  for (const form of document.querySelectorAll("form.filter")) {
    for (const box of form.querySelectorAll("select")) box.addEventListener("change", () => form.requestSubmit());
    form.addEventListener("submit", () => { // short addresses: what is empty is not asked for
      for (const field of form.querySelectorAll("input, textarea")) if (field.value === "" && form.method === "get") field.disabled = true;
    });
  }
})();
