using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Efento.Portal.Alarms.Judging;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Documents;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Tests.Support;
using Json.Schema;

namespace Efento.Portal.Tests.Alarms.Rules;

/// <summary>rules.json: docs/alarms.md describes it, docs/rules.schema.json is its schema.</summary>
public sealed partial class RuleDocumentTests : RulesContext
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(RepositoryFiles.TextOf("docs/rules.schema.json"));

    private static readonly string Example = ExampleOf().Match(RepositoryFiles.TextOf("docs/alarms.md")).Groups[1].Value;

    private RuleDocuments Documents => Portal.Get<RuleDocuments>();

    [Fact]
    public async Task ImportAsync_ExampleOfTheDocumentation_IsTaken()
    {
        Assert.Empty(await ImportAsync(Example));

        Assert.Equal(8, Own.Count);
        var fridges = Own.Single(r => r.Key == "fridges");
        Assert.Equal(
            new RuleConditions(
                new() { High = 7, DelayMs = 3_600_000, CumulativeInMs = 28_800_000 },
                new() { Low = 2, High = 8, DelayMs = 900_000, HighDelayMs = 3_600_000 },
                0.2),
            fridges.Conditions);
        Assert.Equal("Hospital › Ward 1", Portal.Get<LocationDirectory>().Tree.Find(fridges.LocationId)!.Path);
        Assert.Equal(("282C024FFFB2", (byte?)1), (Own.Single(r => r.Key == "fridge-3-probe").Serial, Own.Single(r => r.Key == "fridge-3-probe").Channel));
        Assert.Equal(15, Book.TimelineOfSite(RuleKind.Portal, RuleSubjects.Disk)[^1].Rule!.Conditions.Warning!.Below);
    }

    [Fact]
    public async Task ImportAsync_Export_ChangesNothing()
    {
        var serials = await MeasuredAsync(2);
        var gone = await SeePointAsync(serials[1]);
        await ImportAsync(Example);
        await SaveAsync(
            Limits("known", new() { Serial = serials[0], Channel = 2 }, null, 1e-7), Limits("gone", new() { PointId = gone.Id }),
            Limits("odd", new() { Path = ["A/B \\ *", "*"] }) with { Reason = "\"Ü\" <b> 冷" });
        Assert.Equal(PointOutcome.Done, await Portal.Get<LoggerReplacement>().ReplaceAsync(Anna, new()
        {
            Point = await SeePointAsync(serials[0]),
            Old = await SeeAsync(serials[0]),
            New = await SeeAsync(serials[1]),
            AtUtc = DateTimeOffset.UtcNow,
            RetiresOld = true,
            Reason = "battery",
        }));
        await Portal.Get<PlaceLog>().BringUpToDateAsync();
        var (export, number) = (await ExportAsync(), Book.Number);

        Assert.Empty(await ImportAsync(export));

        Assert.Equal((export, number), (await ExportAsync(), Book.Number));
        Assert.Contains($$"""{"point":{{gone.Id}}}""", Compact(export));
        Assert.Contains(serials[1], export);
        Assert.Contains("\"open-close\"", export);
    }

    [Fact]
    public async Task ExportAsync_AllThereIs_IsValidByTheSchema()
    {
        Assert.True(IsValid(await ExportAsync()), "built-in rules");
        await ImportAsync(Example);
        await SaveAsync([.. RuleTemplates.All.SelectMany(t => t.For(new() { Path = ["Templates", t.Key] }, Book))]);

        Assert.True(IsValid(await ExportAsync()), "all kinds");
        Assert.True(IsValid(Example), "the example");
    }

    [Theory]
    [InlineData("""{"rules":[{"key":"a","place":"*","kind":"battery","warning":{},"colour":"red"}]}""")]
    [InlineData("""{"rules":[{"key":"a","place":"*","kind":"battery","warning":{"low":1}}]}""")]
    [InlineData("""{"rules":[{"key":"a b","place":"*","kind":"battery","warning":{}}]}""")]
    [InlineData("""{"rules":[{"key":"a","place":"*","kind":"battery"}]}""")]
    [InlineData("""{"rules":[{"key":"a","place":"*","kind":"battery","enabled":false}]}""")]
    [InlineData("""{"rules":[{"key":"a","kind":"battery","warning":{}}]}""")]
    [InlineData("""{"rules":[{"key":"a","place":{"channel":1},"kind":"battery","warning":{}}]}""")]
    [InlineData("""{"rules":[{"key":"a","place":"Depot","kind":"portal","event":"disk","warning":{"below":5}}]}""")]
    [InlineData("""{"rules":[{"key":"a","place":"*","kind":"gateway","event":"offline","warning":{"below":5}}]}""")]
    [InlineData("""{"rules":[{"key":"a","place":"*","kind":"weather","warning":{}}]}""")]
    [InlineData("""{"rule":[]}""")]
    public async Task Schema_WhatIsRefused_IsNotValid(string document)
    {
        Assert.NotEmpty(await ImportAsync(document));
        Assert.False(IsValid(document));
    }

    [Fact]
    public async Task ImportAsync_ManyFaults_NamesEachWithItsPath()
    {
        var faults = await ImportAsync("""
            {"rules":[
              {"key":"a","place":"*","kind":"limits","type":"temperature","critical":{"low":9,"high":8}},
              {"key":"b","place":"*","kind":"limits","type":"humidity","critical":{"low":"2","delay":"soon","hihg":8},"colour":"red"},
              {"key":"c","place":{"logger":"282C024FFFB2","channel":0},"kind":"state","type":"flooding","warning":{"is":"open"}},
              {"key":"d","place":7,"kind":"silence","warning":{"when":"never"},"enabled":"yes"},
              {"key":"e","place":"*","kind":"weather"},
              []
            ],"version":2}
            """);

        Assert.Equal(
            [
                "rules[0].critical.low LowAboveHigh", "rules[1].colour FieldUnknown", "rules[1].critical.delay Delay",
                "rules[1].critical.hihg FieldUnknown", "rules[1].critical.low Number", "rules[2].place.channel Whole", "rules[2].warning.is OneOf",
                "rules[3].enabled Flag", "rules[3].place PlaceForm", "rules[3].warning.when OneOf", "rules[4].kind OneOf",
                "rules[5] NoObject", "rules[5].kind OneOf", "rules[5].place PlaceForm", "version FieldUnknown",
            ],
            faults.Order(StringComparer.Ordinal));
        Assert.Empty(Own);
    }

    [Theory]
    [InlineData("", "Json")]
    [InlineData("""{"rules":[],"rules":[]}""", "Json")]
    [InlineData("[]", "rules List")]
    [InlineData("{}", "rules List")]
    public async Task ImportAsync_NoDocument_IsRefused(string document, string expected) =>
        Assert.Contains(expected, (await ImportAsync(document)).Select(f => f.Trim()));

    [Fact]
    public async Task ImportAsync_RuleThatIsMissing_Ends_ButNotOneThatIsBuiltIn()
    {
        await SaveAsync(Limits(), RuleDraft.Of(Book.All.Single(r => r.Key == "built-in-silence")) with { IsEnabled = false, Reason = "night" });

        Assert.Empty(await ImportAsync("""{"rules":[]}"""));

        Assert.Empty(Own);
        Assert.False(Book.All.Last(r => r.Key == "built-in-silence").IsEnabled);
        Assert.Single(Audited(RuleAudit.Ended));
    }

    [Fact]
    public async Task ImportAsync_Trial_TellsWhatWouldBeAndChangesNothing()
    {
        await SaveAsync(Limits(), Limits("humid") with { Type = "humidity" });
        await Portal.Get<AlarmEvaluator>().TakeRulesAsync(CancellationToken.None);
        var before = Portal.Database.Everything();

        var outcome = await Documents.ImportAsync(Anna, Encoding.UTF8.GetBytes(
            """
            {"rules":[
              {"key":"fridges","place":"*","kind":"limits","type":"temperature","critical":{"low":2,"high":6,"delay":"15m"}},
              {"key":"new","place":"Depot","kind":"battery","critical":{}}
            ]}
            """), isTrial: true);

        Assert.Empty(outcome.Faults);
        Assert.Equal(
            [(RuleAudit.Changed, "rule fridges"), (RuleAudit.Made, "rule new"), (RuleAudit.Ended, "rule humid")],
            outcome.Changes.Select(c => (c.Action, c.Subject)));
        Assert.Equal(before, Portal.Database.Everything());
        Assert.Equal(2, Own.Count);
    }

    [Fact]
    public async Task ImportAsync_ByteOrderMark_IsNoFault() => Assert.Empty(await ImportAsync("\uFEFF{\"rules\":[]}"));

    [Theory]
    [InlineData("flooding", "wet", 1)]
    [InlineData("flooding", "dry", 0)]
    [InlineData("open-close", "closed", 0)]
    [InlineData("ok_alarm", "alarm", 1)]
    [InlineData("output_control", "off", 0)]
    [InlineData("open-close", "on", 1)]
    [InlineData("open-close", "wet", null)]
    [InlineData("vendor_special", "on", 1)]
    public void StateNames_Parse_TakesTheWordsOfTheType(string type, string word, int? state) =>
        Assert.Equal(state, StateNames.Parse(type, word));

    [Theory]
    [InlineData("Hospital/Ward 1", "Hospital|Ward 1")]
    [InlineData(@"A\/B/C\\", @"A/B|C\")]
    [InlineData(@"\*", "*")]
    [InlineData(@"A\", @"A\")]
    public void NamesOf_Path_IsSplitAtSlashes(string path, string names) => Assert.Equal(names.Split('|'), DocumentPlaces.NamesOf(path));

    [Fact]
    public async Task RuleTemplates_Each_CanBeAppliedAndAppliedAgain()
    {
        var place = new RulePlace { LocationId = await LocationAsync("Ward") };
        await SaveAsync(Limits("own", place, 1, 9));

        foreach (var template in RuleTemplates.All)
        {
            await SaveAsync([.. template.For(place, Book)]);
        }

        Assert.Equal(27, Own.Single(r => r.Key == "own").Conditions.Warning!.High);
        Assert.Empty(await SaveAsync([.. RuleTemplates.All.Single(t => t.Key == "leak").For(place, Book)]));
    }

    [Fact]
    public void RuleTemplates_VaccineFridge_IsCriticalSoonerWhenItIsCold()
    {
        var critical = RuleTemplates.All.Single(t => t.Key == "vaccine-fridge").Rules[0].Conditions.Critical!;

        Assert.Equal((2, 8, 900_000, 3_600_000), (critical.Low, critical.High, critical.DelayMs, critical.HighDelayMs));
    }

    private static bool IsValid(string document) => Schema.Evaluate(JsonNode.Parse(document)).IsValid;

    private static string Compact(string json) => JsonSerializer.Serialize(JsonElement.Parse(json));

    private Task<string> ExportAsync() => Documents.ExportAsync(SiteScope.Everything);

    private async Task<IEnumerable<string>> ImportAsync(string document) =>
        (await Documents.ImportAsync(Anna, Encoding.UTF8.GetBytes(document), isTrial: false)).Faults.Select(f => $"{RuleWords.PathOf(f)} {f.Kind}");

    [GeneratedRegex("```json\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex ExampleOf();
}
