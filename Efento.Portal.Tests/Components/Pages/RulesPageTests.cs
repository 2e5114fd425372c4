using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Components.Pages.Admin.Rules;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using MudBlazor.Extensions;

namespace Efento.Portal.Tests.Components.Pages;

/// <summary>The page of the rules and its dialogs.</summary>
public sealed class RulesPageTests : PortalPageContext
{
    private const string Try = "Which alarms would it have raised?";

    private readonly BunitJSModuleInterop _module;
    private IRenderedComponent<MudDialogProvider> _dialogs = null!;

    public RulesPageTests()
    {
        _module = JSInterop.SetupModule("./assets/chart.js");
        _module.SetupModule("create", _ => true);
        _module.Setup<string>("zone").SetResult("Etc/UTC");
    }

    protected override void Arrange()
    {
        Render<MudPopoverProvider>();
        _dialogs = Render<MudDialogProvider>();
    }

    [Fact]
    public async Task Page_Opened_ShowsRulesByPlaceAndFoldsPlacesWithoutAny()
    {
        await MakeWardsAsync();
        await SaveAsync(Limits(new() { LocationId = 1 }, 2, 8));

        var page = Render<RulesPage>();

        Assert.Contains("Critical: below 2 °C or above 8 °C, at once", page.Markup.Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.Contains("Built in", page.Markup, StringComparison.Ordinal);
        Assert.Equal("true", FoldOf(page, "Ward 1").GetAttribute("aria-expanded"));
        Assert.Equal("false", FoldOf(page, "Ward 2").GetAttribute("aria-expanded"));
    }

    [Fact]
    public async Task Point_Opened_SaysWhatAppliesAndWhereItComesFrom()
    {
        var serial = await MakeWardsAsync();
        await SaveAsync(Limits(new() { LocationId = 1 }, 2, 8));
        var page = Render<RulesPage>();

        await page.ClickAsync(p => FoldOf(p, serial));

        await UntilShownAsync(() => TextOf(page, serial).Contains("from Ward 1", StringComparison.Ordinal));
        Assert.Contains("from Whole site", TextOf(page, serial), StringComparison.Ordinal);
    }

    /// <summary>A point says how many rules it has. Opened, it shows them once, and what applies besides.</summary>
    [Fact]
    public async Task Point_WithARuleOfItsOwn_IsFoldedAndShowsItOnce()
    {
        var serial = await MakeWardsAsync();
        await SaveAsync(Limits(new() { PointId = (await Portal.Get<PlacedPoints>().ListAsync()).Single().Id }, 2, 8));
        var page = Render<RulesPage>();
        Assert.Equal("false", FoldOf(page, serial).GetAttribute("aria-expanded"));
        Assert.Contains("1 rule", FoldOf(page, serial).TextContent, StringComparison.Ordinal);

        await page.ClickAsync(p => FoldOf(p, serial));

        await UntilShownAsync(() => TextOf(page, serial).Contains("What else applies here", StringComparison.Ordinal));
        Assert.Single(Regex.Matches(TextOf(page, serial), "Temperature · Limits"));
        Assert.Contains("from Whole site", TextOf(page, serial), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Point_WhereAKindIsOff_SaysWhy()
    {
        var serial = await MakeWardsAsync();
        await SaveAsync(new()
        {
            Kind = RuleKind.Silence,
            Place = new() { LocationId = 1 },
            IsEnabled = false,
            Reason = "Loggers leave with the goods",
        });
        var page = Render<RulesPage>();

        await page.ClickAsync(p => FoldOf(p, serial));

        await UntilShownAsync(() => TextOf(page, serial).Contains("Off here", StringComparison.Ordinal));
        Assert.Contains("from Ward 1 · Reason: Loggers leave with the goods", TextOf(page, serial), StringComparison.Ordinal);
    }

    [Fact]
    public void Page_OfWhoMayOnlyInspect_OffersNoChange()
    {
        Person.SetPolicies(Policies.View, Policies.Inspect);

        var page = Render<RulesPage>();

        Assert.Contains("Built in", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindComponents<MudButton>());
        Assert.Empty(page.FindComponents<MudIconButton>());
    }

    [Fact]
    public async Task Dialog_Filled_SavesTheRuleAndThePageShowsIt()
    {
        await MakeWardsAsync();
        var page = Render<RulesPage>();
        var asked = await AskAsync(page, () => page.Instance.AddAsync(new() { LocationId = 1 }));
        await FillAsync("Lower limit (°C)", "2,5");
        await FillAsync("Upper limit (°C)", "8");
        await FillAsync("Delay", "15");

        await PressAsync("Save");
        await asked.WaitAsync(Until.Patience);

        var rule = Rules.Single(r => r.LocationId == 1);
        Assert.Equal(new LevelConditions { Low = 2.5, High = 8, DelayMs = 900_000 }, rule.Conditions.Critical);
        page.WaitForAssertion(() => Assert.Contains("for 15 min", page.Markup.Replace('\u00a0', ' '), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dialog_WithNonsense_SaysBesideTheFieldWhatToDo()
    {
        var page = Render<RulesPage>();
        _ = await AskAsync(page, () => page.Instance.AddAsync(RulePlace.Site));
        await FillAsync("Lower limit (°C)", "9");
        await FillAsync("Upper limit (°C)", "8");

        await PressAsync("Save");

        Assert.Equal("No value is inside these limits. Set the lower limit below 8\u00a0°C.", FieldOf("Lower limit (°C)").GetState(f => f.ErrorText));
        Assert.DoesNotContain(Rules, r => r.Kind is RuleKind.Limits);
    }

    [Fact]
    public async Task Dialog_OfARuleThatSomebodyChangedMeanwhile_OverwritesNothing()
    {
        await SaveAsync(Limits(RulePlace.Site, 2, 8));
        var page = Render<RulesPage>();
        var seen = Rules.Single(r => r.Kind is RuleKind.Limits);
        _ = await AskAsync(page, () => page.Instance.ChangeAsync(seen));
        await SaveAsync(RuleDraft.Of(seen) with { Conditions = new(null, new() { Low = 3, High = 7 }) });
        await FillAsync("Upper limit (°C)", "9");

        await PressAsync("Save");

        Assert.Contains("Somebody changed this rule in the meantime", _dialogs.Markup, StringComparison.Ordinal);
        Assert.Equal(7, Rules.Single(r => r.Kind is RuleKind.Limits).Conditions.Critical!.High);
    }

    /// <summary>A built-in rule keeps what it watches, and where: there is nothing to choose.</summary>
    [Fact]
    public async Task Dialog_OfABuiltInRule_SaysWhatItWatchesAndChangesItsConditions()
    {
        var page = Render<RulesPage>();
        var asked = await AskAsync(page, () => page.Instance.ChangeAsync(Rules.Single(r => r.Kind is RuleKind.SensorError)));
        Assert.Contains("Sensor error</b> · Whole site", _dialogs.Markup, StringComparison.Ordinal);
        Assert.Empty(_dialogs.FindComponents<RuleAboutFields>());
        await FillAsync("Delay", "30");

        await PressAsync("Save");
        await asked.WaitAsync(Until.Patience);

        Assert.Equal(1_800_000, Rules.Single(r => r.Kind is RuleKind.SensorError).Conditions.Warning!.DelayMs);
    }

    [Fact]
    public async Task Dialog_InFahrenheit_LeavesWhatNobodyTypedExactlyAsItWas()
    {
        await SaveAsync(Limits(RulePlace.Site, 2.37, 8));
        await Portal.Get<OwnPreferences>().ChangeAsync(1, p => p with { Temperature = TemperatureUnit.Fahrenheit });
        var page = Render<RulesPage>();
        var asked = await AskAsync(page, () => page.Instance.ChangeAsync(Rules.Single(r => r.Kind is RuleKind.Limits)));
        Assert.Equal("46.4", FieldOf("Upper limit (°F)").GetState(f => f.Value));
        await FillAsync("Upper limit (°F)", "40");

        await PressAsync("Save");
        await asked.WaitAsync(Until.Patience);

        var critical = Rules.Single(r => r.Kind is RuleKind.Limits).Conditions.Critical!;
        Assert.Equal(2.37, critical.Low);
        Assert.Equal(40, UnitConversion.ToShown("°C", critical.High!.Value, new(TemperatureUnit.Fahrenheit, PressureUnit.Hectopascal)));
    }

    [Fact]
    public async Task End_OfARule_SaysWhatAppliesThen()
    {
        await MakeWardsAsync();
        await SaveAsync(Limits(RulePlace.Site, 0, 30));
        await SaveAsync(Limits(new() { LocationId = 1 }, 2, 8));
        var page = Render<RulesPage>();
        var asked = await AskAsync(page, () => page.Instance.EndAsync(Rules.Single(r => r.LocationId == 1)));

        Assert.Contains("this rule applies, from Whole site:", _dialogs.Markup, StringComparison.Ordinal);
        Assert.Contains("below 0 °C or above 30 °C", _dialogs.Markup.Replace('\u00a0', ' '), StringComparison.Ordinal);
        await PressAsync("End the rule");
        await asked.WaitAsync(Until.Patience);
        Assert.DoesNotContain(Rules, r => r.LocationId == 1);
    }

    [Fact]
    public async Task Template_OfAPlace_SetsItsRulesThere()
    {
        await MakeWardsAsync();
        var page = Render<RulesPage>();
        var asked = await AskAsync(page, () => page.Instance.UseTemplateAsync(new() { LocationId = 1 }));

        await PressAsync("Set these rules");
        await asked.WaitAsync(Until.Patience);

        Assert.Equal([RuleKind.Limits, RuleKind.SensorError], Rules.Where(r => r.LocationId == 1).Select(r => r.Kind).Order());
    }

    [Theory]
    [InlineData(1, "Template for 1 measuring point")]
    [InlineData(2, "Template for 2 measuring points")]
    public async Task Template_OfChosenPoints_SetsItsRulesAtEach(int count, string title)
    {
        var serials = new[] { await MakeWardsAsync(), Some.Serial() }[..count];
        await MeasureAsync(serials.Select(serial => Some.Record(serial, Now)));
        var page = Render<RulesPage>();
        await page.ClickAsync(p => FoldOf(p, "Ward 1"));
        foreach (var serial in serials)
        {
            await page.ChangeAsync($"input[aria-label='Choose {serial}']", true);
        }

        var asked = await AskAsync(page, () => page.ClickAsync("[role=toolbar] button"));
        Assert.Contains(title, _dialogs.Markup, StringComparison.Ordinal);
        await PressAsync("Set these rules");
        await asked.WaitAsync(Until.Patience);

        Assert.Equal(2 * count, Rules.Count(r => r.PointId is not null));
        Assert.Empty(page.FindAll("[role=toolbar]"));
    }

    [Fact]
    public async Task Preview_OfADraft_TellsTheAlarmsItWouldHaveRaisedAndMakesNone()
    {
        await MakeWardsAsync();
        var serial = Some.Serial();
        double[] values = [5, 9, 11, 5, 5, 1, 5];
        await MeasureAsync(values.Select((value, i) => Some.Record(serial, Now.AddMinutes(-60 + (3 * i)), value)));
        var page = Render<RulesPage>();
        _ = await AskAsync(page, () => page.Instance.AddAsync(RulePlace.Site));
        await FillAsync("Lower limit (°C)", "2");
        await FillAsync("Upper limit (°C)", "20");
        await PressAsync(Try);
        await UntilShownAsync(() => _dialogs.Markup.Contains("in the last 30 days", StringComparison.Ordinal));
        Assert.Contains("2 alarms in the last 30 days", _dialogs.Markup, StringComparison.Ordinal);

        await FillAsync("Upper limit (°C)", "8");
        await PressAsync(Try);

        await UntilShownAsync(() => _dialogs.Markup.Contains("3 alarms in the last 30 days", StringComparison.Ordinal));
        Assert.Contains("at 2 of 2 measuring points", _dialogs.Markup, StringComparison.Ordinal);
        Assert.Contains("worst 11\u00a0°C", _dialogs.Markup, StringComparison.Ordinal);
        Assert.Empty(await Portal.AlarmsAsync());
    }

    /// <summary>What a nearer rule judges is not the draft's.</summary>
    [Fact]
    public async Task Preview_WhereANearerRuleApplies_LeavesThosePointsOut()
    {
        await MakeWardsAsync();
        await SaveAsync(Limits(new() { LocationId = 1 }, 0, 30));
        var page = Render<RulesPage>();
        _ = await AskAsync(page, () => page.Instance.AddAsync(RulePlace.Site));
        await FillAsync("Upper limit (°C)", "8");

        await PressAsync(Try);

        await UntilShownAsync(() => _dialogs.Markup.Contains("0 alarms in the last 30 days", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Preview_NarrowedAfterwards_ShowsTheChartOfThatPointWithItsAlarmsAsBands()
    {
        await MakeWardsAsync();
        var serial = Some.Serial();
        await MeasureAsync(new double[] { 5, 9, 11, 5, 1 }.Select((value, i) => Some.Record(serial, Now.AddMinutes(-60 + (3 * i)), value)));
        var page = Render<RulesPage>();
        _ = await AskAsync(page, () => page.Instance.AddAsync(RulePlace.Site));
        await FillAsync("Lower limit (°C)", "2");
        await FillAsync("Upper limit (°C)", "8");
        await PressAsync(Try);
        await UntilShownAsync(() => _dialogs.Markup.Contains("at 2 of 2 measuring points", StringComparison.Ordinal));
        Assert.Empty(_module.Invocations["create"]);

        await _dialogs.ClickAsync(d => d.FindAll(".entries button").First(b => b.TextContent == serial));

        await Until.TrueAsync(() => _module.Invocations["create"].Count > 0);
        Assert.Contains("2 alarms in the last 30 days", _dialogs.Markup, StringComparison.Ordinal);
        Assert.Contains("at 1 of 1 measuring point", _dialogs.Markup, StringComparison.Ordinal);
        var data = JsonSerializer.SerializeToElement(Assert.Single(_module.Invocations["create"]).Arguments[2]);
        Assert.Equal([2, 8], data.GetProperty("Limits").EnumerateArray().Select(l => l.GetProperty("Value").GetDouble()));
        Assert.Equal(
            [
                (Now.AddMinutes(-48), data.GetProperty("ToMs").GetInt64()),
                (Now.AddMinutes(-57), Now.AddMinutes(-51).ToUnixTimeMilliseconds()),
            ],
            data.GetProperty("Shades").EnumerateArray().Select(
                s => (DateTimeOffset.FromUnixTimeMilliseconds(s.GetProperty("FromMs").GetInt64()), s.GetProperty("ToMs").GetInt64())));
    }

    [Fact]
    public async Task Preview_NarrowedBefore_JudgesThatPointAlone()
    {
        var serial = await MakeWardsAsync();
        await MeasureAsync(Some.Record(Some.Serial(), Now, 20));
        var page = Render<RulesPage>();
        _ = await AskAsync(page, () => page.Instance.AddAsync(RulePlace.Site));
        await FillAsync("Upper limit (°C)", "8");
        var field = _dialogs.FindComponents<MudAutocomplete<PlacedPoint>>().Single();
        var point = page.Instance.Site.Points.Single(p => p.Serial == serial);
        await _dialogs.InvokeAsync(() => field.Instance.ValueChanged.InvokeAsync(point));

        await PressAsync(Try);

        await UntilShownAsync(() => _dialogs.Markup.Contains("of 1 measuring point", StringComparison.Ordinal));
        Assert.Contains("1 alarm in the last 30 days", _dialogs.Markup, StringComparison.Ordinal);
        await _dialogs.InvokeAsync(() => field.Instance.ValueChanged.InvokeAsync(null));
        Assert.DoesNotContain("in the last 30 days", _dialogs.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_OfASignal_DrawsTheSignal()
    {
        await MakeWardsAsync();
        var page = Render<RulesPage>();
        _ = await AskAsync(page, () => page.Instance.ChangeAsync(new AlarmRule
        {
            Id = 0,
            Key = "weak",
            Version = 0,
            Kind = RuleKind.Signal,
            IsEnabled = true,
            Conditions = new(new() { Below = -10 }, null),
            FromMs = 0,
            MadeUtc = Now,
            MadeBy = "",
        }));

        await PressAsync(Try);

        await Until.TrueAsync(() => _module.Invocations["create"].Count > 0);
        var drawn = _module.Invocations["create"][0].Arguments;
        Assert.Contains("dBm", JsonSerializer.Serialize(drawn[1]), StringComparison.Ordinal);
        Assert.Equal(
            -10, JsonSerializer.SerializeToElement(drawn[2]).GetProperty("Limits")[0].GetProperty("Value").GetDouble());
    }

    [Fact]
    public async Task Preview_OfNonsense_SaysSoAndJudgesNothing()
    {
        var page = Render<RulesPage>();
        _ = await AskAsync(page, () => page.Instance.AddAsync(RulePlace.Site));
        await FillAsync("Upper limit (°C)", "eight");

        await PressAsync(Try);

        Assert.Equal("This must be a number.", FieldOf("Upper limit (°C)").GetState(f => f.ErrorText));
        Assert.DoesNotContain("in the last 30 days", _dialogs.Markup, StringComparison.Ordinal);
    }

    private IEnumerable<AlarmRule> Rules => Portal.Get<RuleDirectory>().Book.All.Where(r => r.UntilMs == long.MaxValue);

    private static RuleDraft Limits(RulePlace place, double low, double high) => new()
    {
        Kind = RuleKind.Limits,
        Type = "temperature",
        Place = place,
        Conditions = new(null, new() { Low = low, High = high }),
    };

    private static IElement FoldOf(IRenderedComponent<RulesPage> page, string name) =>
        page.FindAll("button.fold").Single(b => b.QuerySelector(".name")!.TextContent == name);

    private static string TextOf(IRenderedComponent<RulesPage> page, string name) => FoldOf(page, name).Closest("li")!.TextContent;

    private MudTextField<string> FieldOf(string label) =>
        _dialogs.FindComponents<MudTextField<string>>().First(f => f.Instance.Label == label).Instance;

    private async Task FillAsync(string label, string text)
    {
        var field = FieldOf(label);
        await _dialogs.InvokeAsync(() => field.ValueChanged.InvokeAsync(text));
    }

    private async Task PressAsync(string text)
    {
        var button = _dialogs.FindComponents<MudButton>().Last(b => b.Nodes.Any(n => n.TextContent.Trim() == text));
        await button.InvokeAsync(() => button.Instance.OnClick.InvokeAsync(new MouseEventArgs()));
    }

    private async Task<Task> AskAsync(IRenderedComponent<RulesPage> page, Func<Task> open)
    {
        var asked = page.InvokeAsync(open);
        await Until.TrueAsync(() => _dialogs.FindComponents<MudDialogContainer>().Count > 0 || asked.IsFaulted);
        return asked.IsFaulted ? throw asked.Exception! : asked;
    }

    private async Task SaveAsync(RuleDraft draft) =>
        Assert.Empty((await Portal.Get<RuleService>().SaveAsync(Actor.Command, [draft])).Faults);

    /// <summary>Two wards; a logger measures in the first.</summary>
    private async Task<string> MakeWardsAsync()
    {
        foreach (var name in (string[])["Ward 1", "Ward 2"])
        {
            Assert.Equal(LocationOutcome.Done, await Portal.Get<LocationDecisions>().CreateAsync(Actor.Command, null, name));
        }

        var serial = Some.Serial();
        await MeasureAsync(Some.Record(serial, Now));
        var point = (await Portal.Get<PlacedPoints>().ListAsync()).Single();
        await Portal.Get<PointPlacement>().PlaceAsync(Actor.Command, [new(point.Id, point.Version)], 1);
        await Portal.Get<PlaceLog>().BringUpToDateAsync(Xunit.TestContext.Current.CancellationToken);
        return serial;
    }
}
