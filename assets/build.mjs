// Builds styles, scripts and icon sprites into src/huiyin/pages/static/dist, with hashed names and a manifest.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "../src/huiyin/pages/static/dist");
const iconFolder = join(here, "../node_modules/lucide-static/icons");
const icons = JSON.parse(readFileSync(join(here, "icons.json"), "utf8"));
// Citizens' icons are part of the staff's sprite, so that a shared part draws on both faces.
const sprites = { portal: icons.portal, console: [...new Set([...icons.portal, ...icons.console])].sort() };

function drawSymbol(name) {
  const file = join(iconFolder, `${name}.svg`);
  if (!existsSync(file)) throw new Error(`icons.json asks for "${name}", which lucide-static does not have`);
  const drawing = readFileSync(file, "utf8").replace(/<!--[^]*?-->|<\/?svg[^>]*>/g, "").replace(/\s+/g, " ").replace(/> </g, "><").replace(/ \/>/g, "/>").trim();
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawing}</symbol>`;
}

function drawSprite(names) {
  return `<svg xmlns="http://www.w3.org/2000/svg">${names.map(drawSymbol).join("")}</svg>`;
}

async function bundle(entry) {
  const made = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    minify: true,
    write: false,
    charset: "utf8",
    format: entry.endsWith(".js") ? "iife" : undefined,
    legalComments: "none",
    target: ["chrome80", "safari13"],
    // Safari 13 destructures well; only an odd case that we do not write (a for-in head) fails there.
    supported: { destructuring: true },
  });
  return Buffer.from(made.outputFiles[0].contents);
}

const outputs = {
  "console.css": await bundle("css/console.css"),
  "portal.css": await bundle("css/portal.css"),
  "village.css": await bundle("css/village.css"),
  "console.js": await bundle("js/console.js"),
  "htmx.js": await bundle("js/htmx.js"),
  "portal.js": await bundle("js/portal.js"),
  "console.svg": Buffer.from(drawSprite(sprites.console)),
  "portal.svg": Buffer.from(drawSprite(sprites.portal)),
  "mark.svg": readFileSync(join(here, "mark.svg")),
  "favicon.svg": readFileSync(join(here, "favicon.svg")),
};

function hashName(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  return name.replace(/\.(\w+)$/, `.${hash}.$1`);
}

function writeCompressed(name, content) {
  writeFileSync(join(target, name), content);
  writeFileSync(join(target, `${name}.gz`), gzipSync(content, { level: 9 }));
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  writeFileSync(join(target, `${name}.br`), brotliCompressSync(content, quality));
}

mkdirSync(target, { recursive: true });
const files = {};
for (const [name, content] of Object.entries(outputs)) {
  files[name] = hashName(name, content);
  writeCompressed(files[name], content);
  console.log(`${name.padEnd(12)} ${String(content.length).padStart(7)} B  ${String(gzipSync(content, { level: 9 }).length).padStart(6)} B gzip`);
}
writeFileSync(join(target, "manifest.json"), `${JSON.stringify({ files, icons: sprites }, null, 1)}\n`);

// Old builds go last, so that a running server never points at a file that is not there yet.
const kept = new Set(["manifest.json", ...Object.values(files).flatMap((name) => [name, `${name}.gz`, `${name}.br`])]);
for (const name of readdirSync(target)) if (!kept.has(name)) rmSync(join(target, name), { recursive: true });
