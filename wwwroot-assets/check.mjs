// Checks the browser's side: the types of its tests, the rules of eslint.config.mjs, and the unit tests in tests/. `dotnet test` runs it.
//   node check.mjs
// build.mjs has installed the packages. Ends with 1 if anything is wrong, after everything was checked.
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const tests = join(here, "tests");

const built = await mkdtemp(join(tmpdir(), "portal-tests-"));
try {
  const checks = [
    [join(here, "node_modules", "typescript-native", "bin", "tsc"), "-p", "tests", "--noEmit", "--pretty", "false"],
    [join(here, "node_modules", "eslint", "bin", "eslint.js"), "src", "tests"],
    ["--test", "--test-reporter=spec", ...(await bundled())],
  ];
  const codes = checks.map((args) => spawnSync(process.execPath, args, { cwd: here, stdio: "inherit" }).status);
  process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
} finally {
  await rm(built, { recursive: true, force: true });
}

/** The tests as scripts that Node.js runs; it does not know TypeScript. */
async function bundled() {
  const entryPoints = (await readdir(tests)).filter((name) => name.endsWith(".test.ts")).map((name) => join(tests, name));
  await esbuild.build({ entryPoints, bundle: true, platform: "node", format: "esm", target: "es2022", outdir: built, outExtension: { ".js": ".mjs" }, logLevel: "error" });
  return (await readdir(built)).map((name) => join(built, name));
}
