import {launch} from "./scripts/browser.js";
const b = await launch();
const p = await b.newPage({viewport: {width: 390, height: 844}});
await p.goto(`http://127.0.0.1:8731/${process.argv[2]}`); await p.waitForLoadState("networkidle"); await p.waitForTimeout(1500);
console.log(await p.evaluate(() => { const sum: Record<string, number> = {}; const ms = [...document.querySelector("main")!.children]; ms.forEach((n, i) => { const r = n.getBoundingClientRect(), next = ms[i+1]?.getBoundingClientRect().top ?? r.bottom; const k = n.matches("details.code") ? "code" : n.querySelector("figure.plot") ? "figure" : n.querySelector(".printed-section") ? "section" : n.tagName; sum[k] = (sum[k] ?? 0) + next - r.top; }); return sum; }));
await b.close();
