using Efento.Portal.Components.Layout;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Answer;

/// <summary>The look of the page of a link, with the colours of the portal. The device's own fonts are there at once.</summary>
internal static class AnswerLook
{
    private static Palette Light => PortalTheme.Light.PaletteLight;

    private static Palette Dark => PortalTheme.Dark.PaletteDark;

    /// <summary>The style sheet.</summary>
    public static string Css { get; } =
        $$"""
        :root { --ink: {{Light.TextPrimary}}; --soft: {{Light.TextSecondary}}; --page: {{Light.Background}}; --sheet: {{Light.Surface}}; --line: {{Light.LinesInputs}}; --accent: {{Light.Primary}}; --on-accent: {{Light.PrimaryContrastText}}; --warn: {{Light.Warning}}; --alarm: {{Light.Error}}; --well: {{Light.Success}}; }
        @media (prefers-color-scheme: dark) {
            :root { --ink: {{Dark.TextPrimary}}; --soft: {{Dark.TextSecondary}}; --page: {{Dark.Background}}; --sheet: {{Dark.Surface}}; --line: {{Dark.LinesInputs}}; --accent: {{Dark.Primary}}; --on-accent: {{Dark.PrimaryContrastText}}; --warn: {{Dark.Warning}}; --alarm: {{Dark.Error}}; --well: {{Dark.Success}}; }
        }
        * { box-sizing: border-box; margin: 0; }
        body { background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
        main { max-width: 34rem; margin: 0 auto; padding: 1.25rem 1rem 2rem; background: var(--sheet); min-height: 100vh; }
        @media (min-width: 40rem) { main { min-height: 0; margin-top: 3rem; padding: 2rem; border-radius: 12px; } }
        .level { display: inline-flex; align-items: center; gap: .4rem; font-weight: 600; }
        .level svg { width: 1.25rem; height: 1.25rem; }
        .critical { color: var(--alarm); }
        .warning { color: var(--warn); }
        h1 { font-size: 1.375rem; line-height: 1.3; margin: .25rem 0; }
        h2 { font-size: 1.0625rem; }
        .what { font-weight: 550; font-variant-numeric: tabular-nums; }
        .facts { list-style: none; padding: 0; margin: .5rem 0 0; color: var(--soft); font-size: .9375rem; }
        form { margin-top: 1.25rem; }
        label { display: block; font-weight: 550; margin: 1rem 0 .3rem; }
        textarea, select { width: 100%; min-height: 2.75rem; padding: .6rem; font: inherit; color: inherit; background: var(--sheet); border: 1px solid var(--line); border-radius: 8px; }
        textarea:focus-visible, select:focus-visible, button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        button { width: 100%; min-height: 3rem; margin-top: 1.25rem; font: inherit; font-weight: 600; color: var(--on-accent); background: var(--accent); border: 0; border-radius: 8px; cursor: pointer; }
        .hint { margin-top: .75rem; color: var(--soft); font-size: .875rem; }
        .fault { color: var(--alarm); font-weight: 550; }
        .answered { margin-top: 1.25rem; padding: .75rem 1rem; border-left: 4px solid var(--well); background: var(--page); border-radius: 0 8px 8px 0; }
        .said { white-space: pre-line; margin-top: .5rem; }
        """;
}
