using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Efento.Portal.Tests.Browser;

/// <summary>
/// Axe, run within a page. Its package for Playwright opens a second page for each run, and has it write down all that is in order as well,
/// which takes longer than the search. The portal has no frames, which that is for. What is loaded ahead is for rules that are not serious.
/// </summary>
internal static class Axe
{
    /// <summary>The one rule whose verdict depends on the theme.</summary>
    public const string Contrast = "color-contrast";

    private const string Run = """
        async rule => {
          if (document.querySelector('iframe')) {
            throw new Error('Axe does not look into frames here.');
          }

          const { violations } = await axe.run(document, {
            resultTypes: ['violations'],
            selectors: false,
            preload: false,
            ...(rule && { runOnly: [rule] }),
          });
          return violations.filter(v => v.impact === 'serious' || v.impact === 'critical')
            .map(v => `${location.href} ${v.id}: ${v.help}: ${v.nodes.map(node => node.html).join(' | ')}`);
        }
        """;

    private static readonly string Source = new BundledAxeScriptProvider().GetScript();

    /// <summary>What it finds serious or critical: rule, help and the elements.</summary>
    /// <param name="page">The page.</param>
    /// <param name="rule">The one rule to apply; all if null.</param>
    public static async Task<string[]> BarriersAsync(IPage page, string? rule = null)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
        {
            await page.EvaluateAsync(Source);
        }

        return await page.EvaluateAsync<string[]>(Run, rule);
    }
}
