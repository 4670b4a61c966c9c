// A study that is being answered: its part of the page is read again until it has ended.
const PAUSE_MS = 2000;

async function again() {
  const held = document.getElementById("study");
  if (!held || held.dataset.lives !== "yes") return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("study");
    if (!answer.ok || !fresh) return;
    if (fresh.dataset.lives !== "yes") return void location.reload();
    // Whoever is about to press a button keeps it.
    // What did not move is not said again.
    if (fresh.textContent !== held.textContent && !held.contains(document.activeElement)) held.replaceWith(fresh);
  } catch {
    // The network came back late, or not at all: the next turn tries again.
  }
  setTimeout(again, PAUSE_MS);
}

setTimeout(again, PAUSE_MS);
