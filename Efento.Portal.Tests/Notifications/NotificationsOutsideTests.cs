using Efento.Portal.CommandLine;
using Efento.Portal.Configuration;
using Efento.Portal.Notifications;
using Efento.Portal.Tests.CommandLine;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Notifications;

/// <summary>The document of notifications from outside: by the command line and the set-up.</summary>
public sealed class NotificationsOutsideTests : IDisposable
{
    private const string Variable = "PORTAL_SECRET_OUTSIDE_TESTS";
    private const string Document = $$"""
        {"channels":[{"key":"mail","kind":"email","host":"127.0.0.1","from":"portal@site.example","user":"u","password":"env:{{Variable}}"}],
        "people":[{"email":"anna@site.example"}],
        "chains":[{"key":"default","place":"Hospital/Ward 1","level":"warning","steps":[{"people":["anna@site.example"]}]}]}
        """;

    private readonly TemporaryDirectory _data = new();

    public NotificationsOutsideTests() => Environment.SetEnvironmentVariable(Variable, "the secret");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Command_ExportAndImport_ChangeNothing(bool isRunning)
    {
        await (await StartAsync()).DisposeAsync();
        await using var portal = isRunning ? await StartAsync() : null;
        var file = Write(Document);

        var import = await RunAsync("import", file);
        var export = await RunAsync("export");
        await File.WriteAllTextAsync(file, export.Output);
        var again = await RunAsync("import", file);

        Assert.Equal((ExitCodes.Success, ExitCodes.Success, ExitCodes.Success), (import.ExitCode, export.ExitCode, again.ExitCode));
        Assert.Contains("made     chain default: warning at Hospital › Ward 1: after 0m anna@site.example", import.Output);
        Assert.EndsWith("3 made, 0 changed, 0 removed.", import.Output.TrimEnd());
        Assert.Equal("0 made, 0 changed, 0 removed.", again.Output.TrimEnd());
        Assert.DoesNotContain("the secret", import.Output + export.Output);
        Assert.Equal(isRunning, !export.Errors.Contains("No portal runs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Command_Import_CountsInTheRunningPortalAtOnce()
    {
        await using var portal = await StartAsync();

        await RunAsync("import", Write(Document));

        Assert.Equal("the secret", portal.Get<NotificationDirectory>().Book.Channels["mail"].Settings!.Password);
    }

    [Fact]
    public async Task Command_DryRun_SaysWhatWouldBeRemoved()
    {
        await using var portal = await StartAsync();
        await RunAsync("import", Write(Document));

        var run = await RunAsync("import", Write("""{"channels":[]}"""), "--dry-run");

        Assert.EndsWith("0 made, 0 changed, 3 removed. This was a dry run: nothing was changed.", run.Output.TrimEnd());
        Assert.False(portal.Get<NotificationDirectory>().Book.IsEmpty);
    }

    [Fact]
    public async Task Command_ImportWithFaults_NamesThemAndFails()
    {
        await using var portal = await StartAsync();

        var other = Document.Replace("anna@site.example\"]", "bert@site.example\"]", StringComparison.Ordinal);
        var run = await RunAsync("import", Write(other));

        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Matches(@"^chains\[0\].steps\[0\].people\[0\]: There is no person .*\s+Nothing was changed.\s+$", run.Errors);
    }

    [Fact]
    public async Task Setup_FirstStart_TakesTheFile_AndNoLaterOneDoes()
    {
        var file = Write(Document);
        await using (var portal = await StartAsync(file))
        {
            Assert.Equal("the secret", portal.Get<NotificationDirectory>().Book.Channels["mail"].Settings!.Password);
            await RunAsync("import", Write("""{"channels":[]}""", "none.json"));
        }

        await using var later = await StartAsync(file);
        Assert.True(later.Get<NotificationDirectory>().Book.IsEmpty);
    }

    [Fact]
    public async Task Setup_FileWithFaults_IsNamedAndMendedWithoutANewDatabase()
    {
        var loud = Document.Replace("warning", "loud", StringComparison.Ordinal);
        var fault = await Assert.ThrowsAsync<SettingsException>(() => StartAsync(Write(loud)));
        Assert.Contains("chains[0].level: This must be one of", fault.Message);
        await Assert.ThrowsAsync<SettingsException>(() => StartAsync("/nowhere/notifications.json"));

        await using var portal = await StartAsync(Write(Document));

        Assert.False(portal.Get<NotificationDirectory>().Book.IsEmpty);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        _data.Dispose();
    }

    private string Write(string document, string name = "notifications.json")
    {
        var path = Path.Combine(_data.Path, name);
        File.WriteAllText(path, document);
        return path;
    }

    private Task<PortalUnderTest> StartAsync(string? notifications = null)
    {
        Dictionary<string, string> settings = notifications is null ? [] : new() { ["Portal:Setup:Notifications"] = notifications };
        return PortalUnderTest.StartAsync(new() { DataDirectory = _data.Path, Settings = settings });
    }

    private Task<CommandRun> RunAsync(params string[] args) =>
        CommandRun.OfAsync(["notifications", .. args, "--data-directory", _data.Path]);
}
