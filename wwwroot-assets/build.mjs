// Builds the browser's side into Efento.Portal/wwwroot/assets, and the list of common passwords for the program; `dotnet build` runs it when a source is newer than its result.
//   node build.mjs            installs what the lock file names if that changed, checks the types, bundles
//   node build.mjs --debug    the same, readable and with source maps, for the browser's debugger; the next `dotnet build` makes them small again
//   node build.mjs --watch    builds again whenever a source is saved, until Ctrl+C; with --debug or without
// Files are replaced only when their content changed, and whole: a build that runs beside this one never reads half a file.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { watch } from "node:fs";
import { mkdir, open, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));
const output = join(here, "..", "Efento.Portal", "wwwroot", "assets");
const passwords = join(here, "..", "Efento.Portal", "obj", "common-passwords.txt");
const stamp = join(here, "..", "Efento.Portal", "obj", "browser-assets.stamp");
const lockFile = join(here, ".build.lock");
const lockIsStaleAfterMs = 10 * 60_000;
const installedMark = join(here, "node_modules", ".installed");
const quietAfterSaveMs = 100;
const debug = process.argv.includes("--debug");

await build();
if (process.argv.includes("--watch")) {
  let due;
  const saved = () => {
    clearTimeout(due);
    due = setTimeout(build, quietAfterSaveMs);
  };
  ["src", "styles", "static"].forEach((folder) => watch(join(here, folder), { recursive: true }, saved));
}

function build() {
  return withLock(async () => {
    await install();
    const [, files] = await Promise.all([checkTypes(), bundle()]);
    await publish(files);
    await replace(passwords, await commonPasswords());
    if (debug) {
      await rm(stamp, { force: true });
    }
  });
}

/** Installs exactly what the lock file names, and only when that differs from what is there. */
async function install() {
  const wanted = createHash("sha256")
    .update(await readFile(join(here, "package.json")))
    .update(await readFile(join(here, "package-lock.json")))
    .digest("hex");
  if ((await readText(installedMark)) === wanted) {
    return;
  }

  console.log("Installing the browser packages (npm ci)");
  await call("npm", ["ci", "--no-progress", "--loglevel=error"]);
  await writeFile(installedMark, wanted);
}

function checkTypes() {
  return call("node", [join(here, "node_modules", "typescript-native", "bin", "tsc"), "--noEmit", "--pretty", "false"]);
}

/** Returns the files of the result: name → bytes. */
async function bundle() {
  const esbuild = await import("esbuild");
  const common = { absWorkingDir: here, bundle: true, minify: !debug, sourcemap: debug && "inline", write: false, outdir: output, target: "es2022", logLevel: "error", legalComments: "none" };
  const results = await Promise.all([
    esbuild.build({ ...common, format: "esm", entryPoints: ["src/portal.ts", "src/chart.ts", "src/wall.ts"] }),
    // Before the first paint, so neither deferred nor a module; not all browsers take workers that are modules.
    esbuild.build({ ...common, format: "iife", entryPoints: ["src/theme.ts", "src/service-worker.ts"] }),
    esbuild.build({ ...common, entryPoints: ["styles/portal.css", "styles/wall.css"], loader: { ".woff2": "file" }, assetNames: "[name]" }),
  ]);
  const files = new Map(results.flatMap((r) => r.outputFiles).map((f) => [relative(output, f.path), f.contents]));
  for (const name of await readdir(join(here, "static"))) {
    files.set(name, await readFile(join(here, "static", name)));
  }

  files.set("licences.txt", await licences());
  return files;
}

/** Passwords that everybody tries first, one a line: they go into the program, not to the browser. */
async function commonPasswords() {
  const list = JSON.parse(await readFile(join(here, "node_modules", "@zxcvbn-ts", "language-common", "src", "passwords.json"), "utf8"));
  return Buffer.from([...new Set(list.map((word) => word.toLowerCase()))].join("\n") + "\n");
}

/** What the licences of the packages inside the result ask to be passed on. ApexCharts has the packages it needs inside its own bundle. */
async function licences() {
  const [ours, charts] = [await manifest(here), await manifest(packageFolder("apexcharts"))];
  const names = [...Object.keys(ours.dependencies), ...Object.keys(charts.dependencies)];
  const texts = await Promise.all(names.map(async (name) => `${name} ${(await manifest(packageFolder(name))).version}\n\n${await licence(name)}`));
  return Buffer.from(texts.join("\n\n----\n\n"));
}

/** From the package itself; of one that comes without it, from its repository (licences/). */
async function licence(name) {
  const directory = packageFolder(name);
  const file = (await readdir(directory)).find((file) => /^licen[cs]e(\.|$)/i.test(file));
  return readFile(file ? join(directory, file) : join(here, "licences", `${name}.txt`), "utf8");
}

async function manifest(directory) {
  return JSON.parse(await readFile(join(directory, "package.json"), "utf8"));
}

function packageFolder(name) {
  return join(here, "node_modules", name);
}

async function publish(files) {
  for (const [name, bytes] of files) {
    await replace(join(output, name), bytes);
  }

  for (const name of await readdir(output)) {
    if (!files.has(name)) {
      await rm(join(output, name), { recursive: true, force: true });
    }
  }
}

async function replace(path, bytes) {
  const before = await readFile(path).catch(() => null);
  if (before === null || !before.equals(bytes)) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.${process.pid}.new`, bytes);
    await rename(`${path}.${process.pid}.new`, path);
  }
}

/** One build at a time: the tests and the benchmarks both reference the portal and may be built at once. */
async function withLock(work) {
  for (;;) {
    try {
      const handle = await open(lockFile, "wx");
      await handle.writeFile(String(process.pid));
      await handle.close();
      break;
    } catch (error) {
      if (error.code !== "EEXIST") {
        throw error;
      }

      if (await isStale()) {
        await rm(lockFile, { force: true });
      } else {
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  }

  try {
    await work();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  } finally {
    await rm(lockFile, { force: true });
  }
}

async function isStale() {
  const found = await stat(lockFile).catch(() => null);
  if (found === null) {
    return false;
  }

  const pid = Number(await readText(lockFile));
  if (Date.now() - found.mtimeMs > lockIsStaleAfterMs) {
    return true;
  }

  try {
    // Signal 0 only asks whether the process is there. A lock without a number is being written just now.
    return pid > 0 && !process.kill(pid, 0);
  } catch (error) {
    return error.code === "ESRCH";
  }
}

async function readText(path) {
  return (await readFile(path, "utf8").catch(() => "")).trim();
}

async function call(command, args) {
  try {
    // On Windows npm is a script, which only a shell starts.
    await run(command, args, { cwd: here, shell: command === "npm" && process.platform === "win32", maxBuffer: 16 * 1024 * 1024 });
  } catch (error) {
    throw new Error([error.stdout, error.stderr].filter(Boolean).join("\n").trim() || error.message);
  }
}
