// Takes the pictures of docs/images anew: starts the demo, opens its pages in Chromium, ends the demo.
// Build the tests first, which bring Playwright. CHROMIUM names the browser; the default is /usr/bin/chromium.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const built = join(root, "Efento.Portal.Tests/bin/Debug/net10.0");
const timezoneId = "Europe/Warsaw";
const { chromium } = createRequire(import.meta.url)(join(built, ".playwright/package"));

/** What is in each picture: the page, how large the window is, and what is clicked before. */
const pictures = [
  { file: "overview", path: "/", width: 1440, height: 1000 },
  { file: "overview-dark", path: "/", width: 1440, height: 1000, colorScheme: "dark" },
  { file: "phone", path: "/", width: 390, height: 844 },
  { file: "point", path: "/", opens: "Insulin fridge", range: "7d", width: 1440, height: 1100 },
  { file: "gateway", path: "/gateways/2", width: 1440, height: 1000 },
  { file: "wall", path: "/wall", width: 1920, height: 1080 },
];

const demo = spawn("dotnet", [join(built, "Efento.Portal.dll"), "demo", "--language", "en", "--urls", "http://127.0.0.1:0"], {
  env: { ...process.env, TZ: timezoneId },
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  const address = await ready();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  for (const picture of pictures) {
    await take(browser, address, picture);
  }

  await browser.close();
} finally {
  demo.kill("SIGINT");
  await once(demo, "exit");
}

async function ready() {
  for await (const line of createInterface({ input: demo.stdout })) {
    console.log(line);
    const [, address] = /^The demo is ready after .*: (http\S+)$/.exec(line) ?? [];
    if (address) {
      demo.stdout.resume();
      return address;
    }
  }

  throw new Error("The demo ended before it was ready.");
}

async function take(browser, address, { file, path, opens, range, width, height, colorScheme = "light" }) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, timezoneId, locale: "en-GB", reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(new URL(path, address).href);
  await live(page);
  if (opens) {
    await page.goto(new URL(`${await page.getByRole("link", { name: opens }).getAttribute("href")}?range=${range}`, address).href);
    await live(page);
    await page.locator(".statistics tbody tr").first().waitFor();
  }

  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(root, `docs/images/${file}.png`), animations: "disabled" });
  await context.close();
}

/** The page follows the portal, and everything on it is drawn, in its own font. */
async function live(page) {
  await page.locator("html[data-live=yes]").waitFor();
  await page.evaluate(() => Promise.all([...document.fonts].map((font) => font.load())));
  await page.waitForFunction(() => document.querySelector(".chart .host") === null || document.querySelector(".chart svg text") !== null);
  await page.waitForFunction(() => !document.querySelector(".loading"));
}
