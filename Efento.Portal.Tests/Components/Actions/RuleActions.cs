using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Components.Pages.Admin.Rules;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Components.Actions;

/// <summary>What the page of the rules lets people do.</summary>
internal static class RuleActions
{
    private const string Key = "fridges";
    private static readonly Subject Rule = new("rule", MakeAsync);

    public static IReadOnlyList<PageAction> All { get; } =
    [
        Of<RuleDialog>(nameof(RuleService.SaveAsync), Rule, async scene =>
        {
            var page = scene.Open<RulesPage>("admin/rules");
            await scene.AskAsync(() => page.InvokeAsync(() => page.Instance.ChangeAsync(RuleOf(page))));
            await scene.FillAsync("Upper limit (°C)", "7");
            return scene.Button("Save");
        }),
        Of<RulesPage>(nameof(RuleService.EndAsync), Rule, async scene =>
        {
            var page = scene.Open<RulesPage>("admin/rules");
            var asked = await scene.AskAsync(() => page.InvokeAsync(() => page.Instance.EndAsync(RuleOf(page))));
            return scene.Button("End the rule", asked);
        }),
        Of<RulesPage>(nameof(RuleService.SaveAsync), Subject.New(), async scene =>
        {
            var page = scene.Open<RulesPage>("admin/rules");
            var asked = await scene.AskAsync(() => page.InvokeAsync(() => page.Instance.UseTemplateAsync(RulePlace.Site)));
            return scene.Button("Set these rules", asked);
        }),
    ];

    private static PageAction Of<TComponent>(string method, Subject subject, Func<ActionScene, Task<Func<Task>>> prepare) =>
        new(typeof(TComponent), $"{nameof(RuleService)}.{method}", subject, prepare);

    private static AlarmRule RuleOf(IRenderedComponent<RulesPage> page) => page.Instance.Site.Book.All.Last(r => r.Key == Key);

    private static async Task MakeAsync(PortalUnderTest portal)
    {
        RuleDraft draft = new()
        {
            Key = Key,
            Kind = RuleKind.Limits,
            Type = "temperature",
            Conditions = new(null, new() { Low = 2, High = 8 }),
        };
        Assert.True((await portal.Get<RuleService>().SaveAsync(Actor.Command, [draft])).IsDone);
    }
}
