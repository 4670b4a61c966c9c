// Before the first paint: the reader's own choice of light or dark, kept on this machine only.
try {
  const kept = localStorage.getItem("theme");
  if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
} catch { /* storage refused: the system's choice stands */ }
