// Runs in the open page during `npm run dev` only: shows what is wrong with raw data or code, until it is mended.
const panel = document.createElement("pre");
panel.id = "problems";
panel.setAttribute("role", "alert");
panel.hidden = true;
panel.style.cssText =
  "position:fixed;inset:auto 1rem 1rem 1rem;max-height:60vh;overflow:auto;z-index:1000;margin:0;padding:1rem;" +
  "background:#2b0b0b;color:#ffe3e0;border-left:6px solid #ff6b5e;white-space:pre-wrap;font:13px/1.5 monospace;max-width:none";
document.body.append(panel);

let broken = false;
const events = new EventSource(new URL("events", import.meta.url));
events.onmessage = ({data}) => {
  const problems = JSON.parse(data);
  panel.hidden = problems.length === 0;
  panel.textContent = problems.join("\n\n");
  // The preview may have given the page up while a module did not parse; a reload finds it mended.
  if (broken && problems.length === 0) location.reload();
  broken = problems.length > 0;
};
