/**
 * Shows a page of its own when the portal can't be reached. It stores no pages and no values, because old data must not look like current
 * data. The page retries by itself. Its texts are part of its address (install.ts), since there is no page to take them from.
 * It also shows the messages of Web Push (notices.ts), and tells the portal when its push service moves (renewal.ts).
 */
import { followPushes } from "./notices";
import { followRenewals } from "./renewal";

interface NavigationEvent extends Event {
  readonly request: Request;
  readonly preloadResponse: Promise<Response | undefined>;
  respondWith(response: Promise<Response>): void;
  waitUntil(work: Promise<unknown>): void;
}

interface WorkerScope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate" | "fetch", listener: (event: NavigationEvent) => void): void;
}

const scope = self as unknown as WorkerScope;
const given = new URL(location.href).searchParams;
const againSeconds = 10;

followPushes();
followRenewals();
scope.addEventListener("install", () => void scope.skipWaiting());
scope.addEventListener("activate", (event) =>
  event.waitUntil(Promise.all([scope.registration.navigationPreload.enable(), scope.clients.claim()])),
);
scope.addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate" && event.request.method === "GET") {
    event.respondWith(answer(event));
  }
});

async function answer(event: NavigationEvent): Promise<Response> {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    const nonce = crypto.randomUUID();
    return new Response(page(nonce), {
      status: 503,
      headers: {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": `default-src 'none'; connect-src 'self'; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'`,
        "Cache-Control": "no-store",
      },
    });
  }
}

function page(nonce: string): string {
  const language = word("lang");
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${word("title")} · Efento Portal</title>
<style>
:root { color-scheme: light dark; --page: #f4f6f8; --sheet: #fff; --ink: #16202b; --soft: #556270; --line: #e1e6eb; --alarm: #bc2429; --accent: #1f5fbf; --on: #fff; }
@media (prefers-color-scheme: dark) { :root { --page: #0e141b; --sheet: #161f29; --ink: #e7edf3; --soft: #9dabba; --line: #27323e; --alarm: #ff8a84; --accent: #7fb2ff; --on: #0e141b; } }
body { display: grid; min-height: 100vh; margin: 0; place-items: center; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
main { box-sizing: border-box; max-width: 30rem; margin: 1rem; padding: 2rem; background: var(--sheet); border: 1px solid var(--line); border-top: 6px solid var(--alarm); border-radius: 12px; }
h1 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.25; }
p { margin: .5rem 0; }
.soft { color: var(--soft); font-variant-numeric: tabular-nums; }
a { display: inline-block; margin-top: .75rem; padding: .7rem 1.25rem; background: var(--accent); border-radius: 8px; color: var(--on); font-weight: 600; text-decoration: none; }
</style>
</head>
<body>
<main>
<h1>${word("title")}</h1>
<p>${word("text")}</p>
<p class="soft">${word("tried").replace("{time}", "<span></span>")}</p>
<a href="">${word("again")}</a>
</main>
<script nonce="${nonce}">
const say = () => { document.querySelector("span").textContent = new Date().toLocaleTimeString(document.documentElement.lang, { hourCycle: "h23" }); };
say();
setInterval(() => fetch(location.href, { method: "HEAD", cache: "no-store", redirect: "manual" }).then(() => location.reload(), say), ${againSeconds * 1000});
</script>
</body>
</html>`;
}

function word(name: string): string {
  return (given.get(name) ?? "").replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
