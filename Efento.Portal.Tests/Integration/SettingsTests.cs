using Efento.Portal.Configuration;
using Efento.Portal.Ingest;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Tests.Integration;

/// <summary>Settings at the start and while the portal runs.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Start_BadValues_AllAreNamedWithExitCode2AndNoStackTrace()
    {
        await File.WriteAllTextAsync(
            SettingsFile,
            """{ "Portal": { "Ingest": { "MaxBodyBytes": "much", "QueueAge": 2 }, "Retention": { "Ledger": "-1.00:00:00" } } }""");

        var run = await ProgramRun.OfAsync(_directory.Path, "--urls", "http://127.0.0.1:0", "--Portal:Ingest:UnknownLoggers=Never");

        Assert.Equal(2, run.ExitCode);
        Assert.All(
            (string[])["Portal:Ingest:MaxBodyBytes", "\"much\"", "Portal:Ingest:QueueAge", "Portal:Retention:Ledger", "Portal:Ingest:UnknownLoggers", "Accept, Hold or Ignore"],
            text => Assert.Contains(text, run.Errors));
        Assert.DoesNotContain("   at ", run.Errors + run.Output);
        Assert.False(Directory.Exists(Path.Combine(_directory.Path, "data")));
    }

    [Fact]
    public async Task Start_BrokenFile_IsNamedWithExitCode2()
    {
        await File.WriteAllTextAsync(SettingsFile, """{ "Portal": """);

        var run = await ProgramRun.OfAsync(_directory.Path, "--urls", "http://127.0.0.1:0");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(SettingsFile, run.Errors);
        Assert.DoesNotContain("   at ", run.Errors + run.Output);
    }

    [Fact]
    public async Task Start_UnknownKeys_AreWarnedAboutOnly()
    {
        await using var portal = await PortalUnderTest.StartAsync(
            new() { Settings = { ["Portal:Ingest:MaxBodyByte"] = "7", ["Portal:Wether"] = "fine" } });

        Assert.Contains(
            portal.Log, line =>
                line.StartsWith("Warning", StringComparison.Ordinal)
                    && line.Contains("Portal:Ingest:MaxBodyByte ")
                    && line.Contains("Portal:Ingest:MaxBodyBytes?"));
        Assert.Contains(portal.Log, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("Portal:Wether"));
        Assert.Equal(201, (await portal.Client.BeatAsync("{}")).Status);
    }

    [Fact]
    public async Task MaxBodyBytes_Raised_TakesEffectWithoutRestart()
    {
        await using var portal = await StartAsync("""{ "Portal": { "Ingest": { "MaxBodyBytes": 100 } } }""");
        var body = Some.Body(Some.Record(Some.Serial(), Some.Now()));
        Assert.Equal(413, (await portal.Client.MeasureAsync(body)).Status);

        await File.WriteAllTextAsync(SettingsFile, """{ "Portal": { "Ingest": { "MaxBodyBytes": 1000 } } }""");
        await UntilInForceAsync(portal, 1000);

        Assert.Equal(201, (await portal.Client.MeasureAsync(body)).Status);
    }

    [Theory]
    [InlineData("""{ "Portal": { "Ingest": { "MaxBodyBytes": "plenty" } } }""", "Portal:Ingest:MaxBodyBytes")]
    [InlineData("""{ "Portal": { "Ingest": { "MaxBodyBytes": """, "appsettings.json")]
    public async Task Edited_ToSomethingBad_LeavesTheLastGoodInForceAndIsLoggedOnce(string bad, string named)
    {
        await using var portal = await StartAsync("""{ "Portal": { "Ingest": { "MaxBodyBytes": 100 } } }""");
        var body = Some.Body(Some.Record(Some.Serial(), Some.Now()));

        await File.WriteAllTextAsync(SettingsFile, bad);
        await Until.TrueAsync(() => Errors(portal, named).Count > 0);
        Assert.Equal(413, (await portal.Client.MeasureAsync(body)).Status);

        await File.WriteAllTextAsync(SettingsFile, """{ "Portal": { "Ingest": { "MaxBodyBytes": 2000 } } }""");
        await UntilInForceAsync(portal, 2000);
        Assert.Equal(201, (await portal.Client.MeasureAsync(body)).Status);
        Assert.Single(Errors(portal, named));
    }

    [Fact]
    public async Task WorkingDirectory_FileAndData_AreUsed()
    {
        await File.WriteAllTextAsync(SettingsFile, """{ "Portal": { "Ingest": { "MaxBodyBytes": 100 } } }""");
        await using var portal = await PortalProcess.StartAsync(_directory.Path);
        using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);

        Assert.Equal(413, (await client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())))).Status);
    }

    [Fact]
    public async Task Environment_BesideTheFile_Wins()
    {
        await File.WriteAllTextAsync(SettingsFile, """{ "Portal": { "Ingest": { "MaxBodyBytes": 100 } } }""");
        var environment = new Dictionary<string,
        string>
        { ["Portal__Ingest__MaxBodyBytes"] = "1000", ["ASPNETCORE_ENVIRONMENT"] = "Development" };
        await using var portal = await PortalProcess.StartAsync(_directory.Path, environment: environment);
        using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);

        Assert.Equal(201, (await client.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())))).Status);
    }

    public void Dispose() => _directory.Dispose();

    private string SettingsFile => Path.Combine(_directory.Path, "appsettings.json");

    /// <summary>A portal that reads the file of this test besides its other settings.</summary>
    private async Task<PortalUnderTest> StartAsync(string settings)
    {
        await File.WriteAllTextAsync(SettingsFile, settings);
        return await PortalUnderTest.StartAsync(
            new() { Customise = builder => ((IConfigurationBuilder)builder.Configuration).Add(new SettingsFile(SettingsFile)) });
    }

    /// <summary>The next good settings.</summary>
    private static Task UntilInForceAsync(PortalUnderTest portal, int maxBodyBytes) =>
        Until.TrueAsync(() => portal.Get<IOptionsMonitor<IngestOptions>>().CurrentValue.MaxBodyBytes == maxBodyBytes);

    private static List<string> Errors(PortalUnderTest portal, string named) =>
        [.. portal.Log.Where(line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains(named))];
}
