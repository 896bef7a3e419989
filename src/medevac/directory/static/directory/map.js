// Draws a map of points that stand in the page's list. The list says everything; the map only shows where.
"use strict";

const place = document.getElementById("map");
if (place && window.L) {
  place.hidden = false;
  const map = L.map(place, { attributionControl: false, minZoom: 2, maxZoom: 10, zoomAnimation: false, zoomSnap: 0.25, zoomDelta: 1 });
  const points = JSON.parse(document.getElementById("map-points").textContent);
  const bounds = [];
  for (const point of points) {
    const at = [point.latitude, point.longitude];
    bounds.push(at);
    const label = document.createElement("span");
    label.textContent = point.label;
    const mark = L.circleMarker(at, { radius: point.small ? 4 : 6, className: point.kind });
    mark.bindTooltip(label).addTo(map);
    if (point.address) {
      mark.on("click", () => { window.location.href = point.address; });
    }
  }
  // The outlines end at a window around Europe: where all points lie within, nothing beyond it is shown.
  const drawn = L.latLngBounds([20, -26], [74, 60]);
  if (bounds.every((at) => drawn.contains(at))) {
    map.setMaxBounds(drawn);
    map.setMinZoom(map.getBoundsZoom(drawn, true));
  }
  map.fitBounds(bounds.length ? bounds : [[35, -10], [70, 40]], { padding: [24, 24], maxZoom: 7 });
  fetch(place.dataset.outlines)
    .then((answer) => answer.json())
    .then((outlines) => {
      L.geoJSON(outlines, { className: "land", interactive: false }).addTo(map).bringToBack();
      place.dataset.drawn = String(outlines.features.length);
    });
}
