interface MeasurementType {
  label: string;
  unit: string;
  decimals: number;
  factor: number;
  offset: number;
  zero: string | null;
  one: string | null;
}

/** What the page says to its script (Components/Pages/Wall/WallFacts.cs). */
interface Facts {
  hub: string;
  version: string;
  types: Record<string, MeasurementType>;
  remarks: Record<string, string>;
}

export const facts = JSON.parse(document.querySelector<HTMLMetaElement>('meta[name="wall-facts"]')?.content ?? "{}") as Facts;
