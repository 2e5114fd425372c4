using Efento.Portal.Tests.Support;
using Efento.Portal.Texts;

namespace Efento.Portal.Tests.CommandLine;

public sealed class AuditCommandTests
{
    [Fact]
    public async Task Verify_BesideARunningPortal_PrintsCountAndHead()
    {
        using var data = new TemporaryDirectory();
        await using var portal = await PortalUnderTest.StartAsync(new() { DataDirectory = data.Path });

        var run = await CommandRun.OfAsync("audit", "verify", "--data-directory", data.Path);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            [$"entries in order: {portal.Database.Count("audit_entry")}", $"head: {Head(portal.Database)}"],
            run.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task Verify_HeadAndCountKept_AreCompared()
    {
        using var data = new TemporaryDirectory();
        await (await PortalUnderTest.StartAsync(new() { DataDirectory = data.Path })).DisposeAsync();
        var database = new PortalDatabase(data.Path);
        var (count, head) = ($"{database.Count("audit_entry")}", Head(database));

        Assert.Equal(
            0, (await CommandRun.OfAsync("audit", "verify", "--data-directory", data.Path, "--count", count, "--head", head)).ExitCode);
        Assert.Equal(1, (await CommandRun.OfAsync("audit", "verify", "--data-directory", data.Path, "--count", "1000000")).ExitCode);
        Assert.Equal(
            1, (await CommandRun.OfAsync("audit", "verify", "--data-directory", data.Path, "--head", new string('0', 64))).ExitCode);
    }

    [Fact]
    public async Task Verify_FileTampered_NamesTheEntryAndFails()
    {
        using var data = new TemporaryDirectory();
        await (await PortalUnderTest.StartAsync(new() { DataDirectory = data.Path })).DisposeAsync();
        new PortalDatabase(data.Path).Execute(
            "DROP TRIGGER audit_entry_is_not_changed; UPDATE audit_entry SET subject = 'nothing' WHERE id = 1");

        var run = await CommandRun.OfAsync("audit", "verify", "--data-directory", data.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("Entry 1 is not as it was written.", run.Errors, StringComparison.Ordinal);
        Assert.StartsWith("entries in order: 0", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_OnAPolishMachine_SpeaksEnglish()
    {
        using var data = new TemporaryDirectory();
        await (await PortalUnderTest.StartAsync(new() { DataDirectory = data.Path })).DisposeAsync();
        Languages.Use("pl");

        var run = await CommandRun.OfAsync("audit", "verify", "--data-directory", data.Path, "--count", "1000000");

        Assert.Contains("is missing: there were 1000000 entries.", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_NoData_Fails()
    {
        using var data = new TemporaryDirectory();

        var run = await CommandRun.OfAsync("audit", "verify", "--data-directory", data.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("There is no portal's data", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--head", "abc")]
    [InlineData("--count", "0")]
    [InlineData("--count", "many")]
    public async Task Verify_WrongArguments_AreRefused(string option, string value) =>
        Assert.Equal(2, (await CommandRun.OfAsync("audit", "verify", option, value)).ExitCode);

    private static string Head(PortalDatabase database) =>
        database.Scalar<string>("SELECT lower(hex(hash)) FROM audit_entry ORDER BY id DESC LIMIT 1");
}
