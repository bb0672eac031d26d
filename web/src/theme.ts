// Runs before the page is painted, so that a chosen theme never flashes.
const chosen = localStorage.getItem("communique-theme");
if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
