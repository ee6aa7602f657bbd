// Draw every chart from the data behind its table; without this file the table stands alone.
"use strict";

(() => {
  if (!window.echarts) return;
  const ink = "#1c2a2d";
  const palette = ["#17695a", "#b9741a", "#34507c", "#a22a1a", "#7a8f3b", "#6b5b7b"];
  document.querySelectorAll("[data-chart]").forEach((figure) => {
    const key = figure.dataset.chart;
    const data = JSON.parse(document.getElementById(key).textContent);
    const canvas = document.getElementById(`${key}-canvas`);
    canvas.hidden = false;
    const chart = window.echarts.init(canvas, null, { renderer: "canvas" });
    chart.setOption({
      color: palette,
      animation: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
      textStyle: { color: ink, fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 14 },
      tooltip: { trigger: "axis", renderMode: "richText" },
      legend: { show: data.series.length > 1, bottom: 0 },
      grid: { left: 8, right: 16, top: 44, bottom: data.series.length > 1 ? 40 : 8, containLabel: true },
      xAxis: { type: "category", data: data.categories },
      yAxis: { type: "value", name: data.unit },
      series: data.series.map((one) => ({
        ...one, type: data.kind, stack: data.stacked ? "all" : undefined, barMaxWidth: 42,
      })),
    });
    const details = figure.querySelector("details");
    if (details) details.open = false;
    window.addEventListener("resize", () => chart.resize());
  });
})();
