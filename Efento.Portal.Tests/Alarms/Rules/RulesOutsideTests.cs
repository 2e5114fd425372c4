using System.Net.Http.Headers;
using System.Text.Json;
using Efento.Portal.Access;
using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Documents;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.CommandLine;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Tests.CommandLine;
using Efento.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Tests.Alarms.Rules;

/// <summary>The document of rules from outside: by the API, the command line and the set-up.</summary>
public sealed class RulesOutsideTests : IDisposable
{
    private const string OperatorToken = "operator-token-of-the-tests";
    private const string Path = "/api/v1/rules";
    private const string Fridges =
        """{"rules":[{"key":"fridges","place":"Hospital/Ward 1","kind":"limits","type":"temperature","critical":{"low":2,"high":8,"delay":"15m"}}]}""";

    private readonly TemporaryDirectory _data = new();

    [Fact]
    public async Task Put_WithTheOperatorsToken_IsTakenUnderItsName()
    {
        await using var portal = await StartAsync();

        var reply = await PutAsync(portal, Fridges);

        Assert.Equal(200, reply.Status);
        Assert.Matches("^rule fridges: limits temperature at Hospital › Ward 1: critical below 2, above 8, for 15m, from ", JsonElement.Parse(reply.Body).GetProperty("made")[0].GetString());
        Assert.Equal(
            [$"{(int)ActorKind.ApiToken}|Set-up of an operator"],
            portal.Database.Lines("SELECT actor_kind, actor FROM audit_entry WHERE action = $0", RuleAudit.Made));
        Assert.Contains("\"fridges\"", (await portal.AskAsync(Path)).Body);
    }

    [Fact]
    public async Task Put_DryRun_ChangesNothing()
    {
        await using var portal = await StartAsync();

        var reply = await PutAsync(portal, Fridges, query: "?dryRun=true");

        Assert.True(JsonElement.Parse(reply.Body).GetProperty("dryRun").GetBoolean());
        Assert.Single(JsonElement.Parse(reply.Body).GetProperty("made").EnumerateArray());
        Assert.DoesNotContain("\"fridges\"", (await portal.AskAsync(Path)).Body);
    }

    [Fact]
    public async Task Put_WithFaults_NamesThemAndChangesNothing()
    {
        await using var portal = await StartAsync();

        var reply = await PutAsync(portal, Fridges.Replace("\"low\":2", "\"low\":8", StringComparison.Ordinal));

        Assert.Equal(400, reply.Status);
        Assert.Contains("""{"path":"rules[0].critical.low","error":"No value is inside these limits. Set the lower limit below 8."}""", reply.Body);
        Assert.DoesNotContain("\"fridges\"", (await portal.AskAsync(Path)).Body);
    }

    [Fact]
    public async Task Put_WithoutTheScope_IsForbidden()
    {
        await using var portal = await StartAsync();

        Assert.Equal(403, (await PutAsync(portal, Fridges, PortalUnderTest.ApiToken)).Status);
        Assert.Equal(401, (await PutAsync(portal, Fridges, "unknown")).Status);
    }

    [Fact]
    public async Task Put_WithATokenLimitedToLocations_IsForbidden()
    {
        await using var wards = await TwoWards.StartAsync();
        const string Limited = "a-limited-token-that-writes";
        await AddTokenAsync(wards.Portal, Limited, $"{ApiScopes.RulesRead} {ApiScopes.RulesWrite}", new LocationLimit([wards.Ward]));

        Assert.Equal(403, (await PutAsync(wards.Portal, """{"rules":[]}""", Limited)).Status);
    }

    [Fact]
    public async Task Get_WithATokenLimitedToLocations_HoldsNothingOfOthers()
    {
        await using var wards = await TwoWards.StartAsync();
        const string Limited = "a-limited-token-that-reads";
        await AddTokenAsync(wards.Portal, Limited, ApiScopes.RulesRead, new LocationLimit([wards.Ward]));
        await wards.Portal.Get<PlaceLog>().BringUpToDateAsync();
        var outcome = await wards.Portal.Get<RuleService>().SaveAsync(
            Actor.Command,
            [
                Battery("seen-ward", new() { LocationId = wards.Ward }), Battery("hidden-ward", new() { LocationId = wards.OtherWard }),
                Battery("seen-point", new() { Serial = wards.Seen }), Battery("hidden-point", new() { Serial = wards.Hidden }),
                Battery("hidden-unplaced", new() { Serial = wards.Unplaced }), Battery("hidden-waiting", new() { Serial = Some.Serial() }),
            ]);
        Assert.Empty(outcome.Faults);

        var body = (await wards.Portal.AskAsync(Path, Limited)).Body;

        Assert.DoesNotContain("hidden", body);
        Assert.Contains("seen-ward", body);
        Assert.Contains("seen-point", body);
        Assert.Contains("built-in-silence", body);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Command_ExportAndImport_ChangeNothing(bool isRunning)
    {
        await (await StartAsync()).DisposeAsync();
        await using var portal = isRunning ? await StartAsync() : null;
        var file = Write(Fridges);

        var import = await RulesAsync("import", file);
        var export = await RulesAsync("export");
        await File.WriteAllTextAsync(file, export.Output);
        var again = await RulesAsync("import", file);

        Assert.Equal((ExitCodes.Success, ExitCodes.Success, ExitCodes.Success), (import.ExitCode, export.ExitCode, again.ExitCode));
        Assert.Contains("made     rule fridges: limits temperature at Hospital › Ward 1", import.Output);
        Assert.EndsWith("1 made, 0 changed, 0 ended.", import.Output.TrimEnd());
        Assert.Equal("0 made, 0 changed, 0 ended.", again.Output.TrimEnd());
        Assert.Equal(isRunning, !export.Errors.Contains("No portal runs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Command_Import_IsInForceInTheRunningPortalAtOnce()
    {
        await using var portal = await StartAsync();

        await RulesAsync("import", Write(Fridges));

        Assert.Contains(portal.Get<RuleDirectory>().Book.All, r => r.Key == "fridges");
        Assert.Contains(portal.Get<LocationDirectory>().Tree.All, l => l.Path == "Hospital › Ward 1");
    }

    [Fact]
    public async Task Command_DryRun_SaysWhatWouldEnd()
    {
        await using var portal = await StartAsync();
        await RulesAsync("import", Write(Fridges));

        var run = await RulesAsync("import", Write("""{"rules":[]}"""), "--dry-run");

        Assert.Matches("^ended    rule fridges", run.Output);
        Assert.EndsWith("0 made, 0 changed, 1 ended. This was a dry run: nothing was changed.", run.Output.TrimEnd());
        Assert.Contains("fridges", (await RulesAsync("export")).Output);
    }

    [Fact]
    public async Task Command_ImportWithFaults_NamesThemAndFails()
    {
        await using var portal = await StartAsync();

        var run = await RulesAsync("import", Write(Fridges.Replace("15m", "15", StringComparison.Ordinal)));

        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Matches(@"^rules\[0\].critical.delay: The delay must be .*\s+Nothing was changed.\s+$", run.Errors);
    }

    [Fact]
    public async Task Command_NoSuchFile_IsSaid() => Assert.Equal(ExitCodes.Failure, (await RulesAsync("import", "/nowhere/rules.json")).ExitCode);

    [Fact]
    public async Task Setup_FirstStart_TakesTheFileFromTheBeginningOfTime_AndNoLaterOneDoes()
    {
        var file = Write(Fridges);
        await using (var portal = await StartAsync(file))
        {
            Assert.Equal(long.MinValue, portal.Get<RuleDirectory>().Book.All.Single(r => r.Key == "fridges").FromMs);
            await portal.Get<RuleService>().EndAsync(Actor.Command, [new("fridges", 1)], "moved");
        }

        await using var later = await StartAsync(file);
        Assert.DoesNotContain(later.Get<RuleDirectory>().Book.All, r => r.Key == "fridges" && r.UntilMs == long.MaxValue);
    }

    [Fact]
    public async Task Setup_FileWithFaults_IsNamedAndMendedWithoutANewDatabase()
    {
        var fault = await Assert.ThrowsAsync<SettingsException>(() => StartAsync(Write(Fridges.Replace("15m", "15", StringComparison.Ordinal))));
        Assert.Contains("rules[0].critical.delay: The delay must be", fault.Message);
        await Assert.ThrowsAsync<SettingsException>(() => StartAsync("/nowhere/rules.json"));

        await using var portal = await StartAsync(Write(Fridges));

        Assert.Contains(portal.Get<RuleDirectory>().Book.All, r => r.Key == "fridges");
    }

    [Fact]
    public async Task Start_10000Rules_IsFastAndEachPointFindsItsOwn()
    {
        await using var portal = await StartAsync();
        await portal.Get<WriteGate>().WriteAsync(async db =>
        {
            for (var point = 1; point <= 10_000; point++)
            {
                db.AlarmRules.Add(RuleOf(point));
                db.PointPlaces.Add(new() { PointId = point, FromMs = long.MinValue, Path = "", IsJudged = true });
            }

            await db.SaveChangesAsync();
        });

        var start = TimeProvider.System.GetTimestamp();
        await portal.Get<RuleDirectory>().ReloadAsync();
        var book = portal.Get<RuleDirectory>().Book;
        for (var point = 1; point <= 10_000; point++)
        {
            Assert.Equal($"rule-{point}", book.TimelineOf(point, 1, "temperature", RuleKind.Limits)[^1].Rule!.Key);
            Assert.Null(book.TimelineOf(point, 1, "temperature", RuleKind.Rate)[^1].Rule);
        }

        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    public void Dispose() => _data.Dispose();

    private static AlarmRule RuleOf(int point) => new()
    {
        Key = $"rule-{point}",
        Version = 1,
        Kind = RuleKind.Limits,
        Type = "temperature",
        PointId = point,
        Conditions = new(null, new() { High = 8 }),
        IsEnabled = true,
        FromMs = long.MinValue,
        MadeUtc = default,
        MadeBy = "",
    };

    private static RuleDraft Battery(string key, RulePlace place) =>
        new() { Key = key, Kind = RuleKind.Battery, Place = place, Conditions = new(null, new()) };

    private static async Task AddTokenAsync(PortalUnderTest portal, string token, string scopes, LocationLimit limit)
    {
        await portal.Get<WriteGate>().WriteAsync(db => db.ApiTokens.AddAsync(new ApiToken
        {
            Name = "Limited",
            Hash = TokenHash.Of(token).ToBytes(),
            Scopes = scopes,
            Locations = limit.Kept,
            CreatedUtc = DateTimeOffset.UtcNow,
        }).AsTask());
        await portal.Get<TokenDirectory>().ReloadAsync(CancellationToken.None);
    }

    private static Task<PortalReply> PutAsync(PortalUnderTest portal, string body, string token = OperatorToken, string query = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Put, Path + query) { Content = new StringContent(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return portal.Client.SendAsync(request);
    }

    private string Write(string document)
    {
        var path = System.IO.Path.Combine(_data.Path, "rules.json");
        File.WriteAllText(path, document);
        return path;
    }

    private Task<PortalUnderTest> StartAsync(string? rules = null)
    {
        Dictionary<string, string> settings = new() { ["Portal:Setup:OperatorApiToken"] = OperatorToken };
        if (rules is not null)
        {
            settings["Portal:Setup:Rules"] = rules;
        }

        return PortalUnderTest.StartAsync(new() { DataDirectory = _data.Path, Settings = settings });
    }

    private Task<CommandRun> RulesAsync(params string[] args) => CommandRun.OfAsync(["rules", .. args, "--data-directory", _data.Path]);
}
