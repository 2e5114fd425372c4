// Writes docs/third-party-licences.md: every package that the program, its tests and its benchmarks are made with, and its licence.
//   dotnet restore && node .ci/third-party-licences.mjs
// NuGet packages are those that restore resolved (obj/project.assets.json), with the licence their nuspec names; npm packages are those of
// the lock file, but for the builds of a tool for other systems than this one.
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const program = "Efento.Portal";
const others = ["Efento.Portal.Tests", "Efento.Portal.Benchmarks", "Efento.Portal/Texts/Generator"];

const portal = await resolved(program);
const shipped = new Set(closure(portal, published(portal)));
const all = [portal, ...(await Promise.all(others.map(resolved)))].flatMap((project) => Object.keys(packagesOf(project)));
const nuget = await Promise.all([...new Set(all)].map(async (name) => ({ ...(await nugetPackage(name)), shipped: shipped.has(name) })));
const npm = Object.entries((await json("wwwroot-assets/package-lock.json")).packages)
  .filter(([path, entry]) => path !== "" && !entry.optional)
  .map(([path, entry]) => npmPackage(entry.name ?? path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length), entry));

await writeFile(
  join(root, "docs", "third-party-licences.md"),
  `# Third parties' licences

Efento Portal is under the [MIT licence](../LICENSE). These are the packages it is made with, each with the licence its author gives it. The list is
written by \`node .ci/third-party-licences.mjs\`; do not edit it. The texts of the licences lie in the packages; those of the scripts and the font that
browsers load are served with them, as \`/assets/licences.txt\`.

## In the program

${table([...nuget, ...npm].filter((entry) => entry.shipped))}

## For building and testing only

${table([...nuget, ...npm].filter((entry) => !entry.shipped))}
`,
);

function table(entries) {
  const rows = entries
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map(({ name, version, from, licence }) => `| ${name} | ${version} | ${from} | ${licence} |`);
  return ["| package | version | from | licence |", "|---|---|---|---|", ...rows].join("\n");
}

function keyOf({ name, version }) {
  return `${name.toLowerCase()} ${version}`;
}

async function resolved(project) {
  const path = join(project, "obj", "project.assets.json");
  if (!existsSync(join(root, path))) {
    throw new Error(`${path} is missing: run dotnet restore first.`);
  }

  return json(path);
}

/** The packages a project was restored with: "name/version" → what it needs. */
function packagesOf(project) {
  return Object.fromEntries(Object.entries(Object.values(project.targets)[0]).filter(([, entry]) => entry.type === "package"));
}

/** The packages that the project needs itself and passes on to where it is published, and what the SDK adds to serve them. */
function published(project) {
  const { dependencies } = Object.values(project.project.frameworks)[0];
  return Object.entries(dependencies)
    .filter(([, dependency]) => dependency.suppressParent !== "All" || dependency.autoReferenced)
    .map(([name]) => name);
}

/** The packages that these need, themselves included, as "name/version". */
function closure(project, names) {
  const packages = packagesOf(project);
  const found = new Set();
  const visit = (name) => {
    const key = Object.keys(packages).find((candidate) => candidate.toLowerCase().startsWith(`${name.toLowerCase()}/`));
    if (key !== undefined && !found.has(key)) {
      found.add(key);
      Object.keys(packages[key].dependencies ?? {}).forEach(visit);
    }
  };
  names.forEach(visit);
  return [...found];
}

async function nugetPackage(key) {
  const [name, version] = key.split("/");
  const folder = Object.keys(portal.packageFolders).find((candidate) => existsSync(nuspecIn(candidate, name, version)));
  if (folder === undefined) {
    throw new Error(`${key} is not among the packages of this machine: run dotnet restore first.`);
  }

  return { name, version, from: "NuGet", licence: licenceIn(await readFile(nuspecIn(folder, name, version), "utf8"), key) };
}

function nuspecIn(folder, name, version) {
  return join(folder, name.toLowerCase(), version.toLowerCase(), `${name.toLowerCase()}.nuspec`);
}

function licenceIn(nuspec, key) {
  const [, type, named] = nuspec.match(/<license\s+type="(\w+)"[^>]*>([^<]+)</) ?? [];
  const [, url] = nuspec.match(/<licenseUrl>([^<]+)</) ?? [];
  if (type === "expression") {
    return named.trim();
  }

  if (type === "file") {
    return `\`${named.trim()}\` in the package`;
  }

  if (url === undefined) {
    throw new Error(`${key} names no licence: look at its repository before using it.`);
  }

  return `<${url.trim()}>`;
}

function npmPackage(name, { version, license, dev }) {
  if (license === undefined) {
    throw new Error(`${name} names no licence: look at its repository before using it.`);
  }

  return { name, version, from: "npm", licence: license, shipped: !dev };
}

async function json(path) {
  return JSON.parse(await readFile(join(root, path), "utf8"));
}
