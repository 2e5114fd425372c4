import { fontFamily } from "./svg";

/**
 * The page's font as a style sheet of its own, for a saved picture: it can't load files. Only the parts of the font that hold letters of the text.
 */
export async function fontStyle(text: string): Promise<string> {
  const faces = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].filter(isFace).map((face) => ({ face, base: sheet.href ?? document.baseURI })));
  const used = faces.filter(({ face }) => fontFamily.includes(familyOf(face)) && hasLetterOf(face.style.getPropertyValue("unicode-range"), text));
  return (await Promise.all(used.map(({ face, base }) => embedded(face, base)))).join("\n");
}

/** Whether any letter of a text lies in the ranges, such as "U+0-FF, U+131". */
export function hasLetterOf(ranges: string, text: string): boolean {
  const found = [...ranges.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/gi)].map(([, from = "", to = from]) => [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const);
  return found.length === 0 || Array.from(text).some((letter) => found.some(([from, to]) => from <= codeOf(letter) && codeOf(letter) <= to));
}

const codeOf = (letter: string): number => letter.codePointAt(0) ?? 0;

const isFace = (rule: CSSRule): rule is CSSFontFaceRule => rule instanceof CSSFontFaceRule;

const familyOf = (face: CSSFontFaceRule): string => face.style.getPropertyValue("font-family").replace(/["']/g, "");

async function embedded(face: CSSFontFaceRule, base: string): Promise<string> {
  const [, address = ""] = /url\(["']?([^"')]+)/.exec(face.style.getPropertyValue("src")) ?? [];
  const file = await (await fetch(new URL(address, base))).blob();
  return `@font-face{font-family:"${familyOf(face)}";font-weight:100 900;src:url(${await dataUrl(file)}) format("woff2");unicode-range:${face.style.getPropertyValue("unicode-range")}}`;
}

function dataUrl(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error ?? new Error("The font can't be read."));
    reader.readAsDataURL(file);
  });
}
