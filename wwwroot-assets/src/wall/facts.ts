/** The data that the page passes to its script (Components/Pages/Wall/WallFacts.cs). */
interface Facts {
  hub: string;
  version: string;
}

export const facts = JSON.parse(document.querySelector<HTMLMetaElement>('meta[name="wall-facts"]')?.content ?? "{}") as Facts;
