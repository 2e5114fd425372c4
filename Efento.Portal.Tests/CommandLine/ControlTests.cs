using System.Net.Sockets;
using System.Runtime.Versioning;
using Efento.Portal.Access;
using Efento.Portal.CommandLine;
using Efento.Portal.Data;
using Efento.Portal.Maintenance;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.CommandLine;

/// <summary>The commands that change data, with a portal running and without.</summary>
public sealed class ControlTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();

    [Fact]
    public async Task AddToken_PortalRuns_IsValidThereAtOnce()
    {
        await using var portal = await StartAsync();

        var run = await TokensAsync("add", "--name", "barn");

        Assert.Equal(
            (ExitCodes.Success, TokenVerdict.Valid), (run.ExitCode, portal.Get<TokenDirectory>().CheckGateway(run.Output.Trim()).Verdict));
        Assert.DoesNotContain("No portal runs", run.Errors);
    }

    [Fact]
    public async Task AddToken_NoPortalRuns_IsValidWhenOneDoes()
    {
        var run = await TokensAsync("add", "--name", "barn");
        await using var portal = await StartAsync();

        Assert.Equal(
            (ExitCodes.Success, TokenVerdict.Valid), (run.ExitCode, portal.Get<TokenDirectory>().CheckGateway(run.Output.Trim()).Verdict));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AddToken_OwnOneTwice_FailsTheSecondTime(bool isRunning)
    {
        await using var portal = isRunning ? await StartAsync() : null;

        Assert.Equal(
            new CommandRun(ExitCodes.Success, "my-token", ""), Trimmed(await TokensAsync("add", "--name", "a", "--token", "my-token")));
        Assert.Equal(ExitCodes.Failure, (await TokensAsync("add", "--name", "b", "--token", "my-token")).ExitCode);
    }

    [Fact]
    public async Task AddToken_ForApi_ReadsWithAllScopes()
    {
        await using var portal = await StartAsync();

        var run = await TokensAsync("add", "--name", "report", "--api");

        Assert.Equal(ApiScopes.AllReads, portal.Get<TokenDirectory>().FindApi(run.Output.Trim())?.Scopes);
    }

    [Fact]
    public async Task AddToken_ForApiWithScopes_MayDoThoseAlone()
    {
        await using var portal = await StartAsync();

        var run = await TokensAsync(
            "add", "--name", "deploy", "--api", "--scope", ApiScopes.MaintenanceWrite, "--scope", ApiScopes.GatewaysRead);

        Assert.Equal("maintenance.write gateways.read", portal.Get<TokenDirectory>().FindApi(run.Output.Trim())?.Scopes);
        Assert.NotEqual(ExitCodes.Success, (await TokensAsync("add", "--name", "a", "--scope", ApiScopes.GatewaysRead)).ExitCode);
        Assert.NotEqual(ExitCodes.Success, (await TokensAsync("add", "--name", "a", "--api", "--scope", "everything")).ExitCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ListTokens_SomeIssued_ShowsNamesAndNoToken(bool isRunning)
    {
        await using var portal = isRunning ? await StartAsync() : null;
        var token = (await TokensAsync("add", "--name", "barn")).Output.Trim();

        var run = await TokensAsync("list");

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Contains("barn", run.Output);
        Assert.DoesNotContain(token, run.Output);
    }

    [Fact]
    public async Task RevokeToken_PortalRuns_IsRefusedThereAtOnce()
    {
        await using var portal = await StartAsync();

        Assert.Equal(ExitCodes.Success, (await TokensAsync("revoke", "1")).ExitCode);

        Assert.Equal(401, (await portal.Client.BeatAsync("{}")).Status);
        Assert.Equal(ExitCodes.Failure, (await TokensAsync("revoke", "1")).ExitCode);
    }

    [Fact]
    public async Task RevokeToken_NoPortalRuns_IsRefusedWhenOneDoes()
    {
        await using (await StartAsync())
        {
        }

        Assert.Equal(ExitCodes.Success, (await TokensAsync("revoke", "1")).ExitCode);

        await using var portal = await StartAsync();
        Assert.Equal(401, (await portal.Client.BeatAsync("{}")).Status);
    }

    [Fact]
    public async Task Maintenance_PortalRuns_IsOnAndOffAtOnce()
    {
        await using var portal = await StartAsync();

        Assert.Equal(ExitCodes.Success, (await MaintenanceAsync("on", "--for", "30m", "--reason", "new disk")).ExitCode);
        Assert.Equal(503, (await portal.Client.BeatAsync("{}")).Status);
        Assert.Contains("new disk", (await MaintenanceAsync("status")).Output);

        Assert.Equal(ExitCodes.Success, (await MaintenanceAsync("off")).ExitCode);
        Assert.Equal(201, (await portal.Client.BeatAsync("{}")).Status);
        Assert.Contains("off", (await MaintenanceAsync("status")).Output);
    }

    [Fact]
    public async Task Maintenance_NoPortalRuns_IsOnWhenOneDoes()
    {
        await MaintenanceAsync("on", "--for", "1h", "--reason", "move");
        await MaintenanceAsync("on", "--for", "30m", "--reason", "new disk");
        Assert.Contains("new disk", (await MaintenanceAsync("status")).Output);

        await using var portal = await StartAsync();

        Assert.Equal("new disk", portal.Get<MaintenanceMode>().Current?.Reason);
        Assert.Equal(
            1,
            portal.Database.Scalar<long>(
                "SELECT count(*) FROM maintenance_window WHERE until_utc > (SELECT max(from_utc) FROM maintenance_window)"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Maintenance_Planned_IsInTheStatusUntilItIsCancelled(bool isRunning)
    {
        await TokensAsync("add", "--name", "barn");
        await using var portal = isRunning ? await StartAsync() : null;
        var year = DateTimeOffset.UtcNow.Year + 1;

        var plan = await MaintenanceAsync(
            "plan", "--from", $"{year}-03-28T22:00+02:00", "--until", $"{year}-03-29T01:00+02:00", "--reason", "new disk");
        Assert.Equal(
            (ExitCodes.Success, $"Maintenance 1 is planned from {year}-03-28 20:00:00 UTC until {year}-03-28 23:00:00 UTC: new disk"),
            (plan.ExitCode, plan.Output.Trim()));
        Assert.Contains("new disk", (await MaintenanceAsync("status")).Output);

        Assert.Equal(ExitCodes.Success, (await MaintenanceAsync("cancel", "1")).ExitCode);
        Assert.Equal(ExitCodes.Failure, (await MaintenanceAsync("cancel", "1")).ExitCode);
        Assert.Equal("Maintenance is off.", (await MaintenanceAsync("status")).Output.Trim());
    }

    [Theory]
    [InlineData("2027-03-28T02:30", "does not exist")]
    [InlineData("2027-10-31T02:30", "comes twice")]
    [InlineData("tomorrow", "must be a time")]
    public async Task Maintenance_PlannedForNoMomentOfTheSite_Fails(string from, string why)
    {
        await using var portal = await StartAsync();
        portal.Database.Execute("UPDATE site SET time_zone = 'Europe/Warsaw'");

        var run = await MaintenanceAsync("plan", "--from", from, "--until", "2028-01-01T12:00", "--reason", "new disk");

        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains(why, run.Errors);
        Assert.Empty(portal.Get<MaintenanceMode>().Planned);
    }

    [Fact]
    public async Task Maintenance_OnIntoAPlannedOne_FailsAndNamesIt()
    {
        await using var portal = await StartAsync();
        await portal.Get<MaintenanceMode>().PlanAsync(
            Actor.Command, DateTimeOffset.UtcNow.AddMinutes(10), DateTimeOffset.UtcNow.AddHours(1), "new disk");

        var run = await MaintenanceAsync("on", "--for", "30m", "--reason", "now");

        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains("new disk", run.Errors);
    }

    [Theory]
    [InlineData("tokens", "list")]
    [InlineData("tokens", "revoke", "1")]
    [InlineData("maintenance", "off")]
    [InlineData("maintenance", "status")]
    public async Task NoDatabase_NothingToLookAt_FailsAndMakesNone(params string[] command)
    {
        var run = await CommandRun.OfAsync([.. command, "--data-directory", _data.Path]);

        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains(_data.Path, run.Errors);
        Assert.Empty(Directory.GetFileSystemEntries(_data.Path));
    }

    [Fact]
    public async Task LockHeldAndNoAnswer_FailsAndChangesNothing()
    {
        await TokensAsync("add", "--name", "barn");
        using var held = new DataDirectory(_data.Path);
        Assert.True(held.TryLock());

        var run = await TokensAsync("add", "--name", "shed");

        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains("nothing was changed", run.Errors);
        Assert.Equal(1, new PortalDatabase(_data.Path).Count("gateway_token"));
    }

    [Fact]
    public async Task PortalHangs_FailsAndChangesNothing()
    {
        await TokensAsync("add", "--name", "barn");
        using var held = new DataDirectory(_data.Path);
        Assert.True(held.TryLock());
        using var deaf = ControlSocket.Listen(held);

        var run = await TokensAsync("add", "--name", "shed");

        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains("nothing was changed", run.Errors);
        using var connection = await deaf.AcceptAsync();
        Assert.Equal(0, await connection.ReceiveAsync(new byte[1]));
    }

    [Fact]
    public async Task StaleSocketFile_IsReplacedByThePortal()
    {
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(Path.Combine(_data.Path, "portal.sock")));
        }

        Assert.Equal(ExitCodes.Success, (await TokensAsync("add", "--name", "barn")).ExitCode);
        await using var portal = await StartAsync();

        Assert.DoesNotContain("No portal runs", (await TokensAsync("list")).Errors);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Socket_WhileThePortalRuns_IsItsUsersAlone()
    {
        var socket = Path.Combine(_data.Path, "portal.sock");
        await using (await StartAsync())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(socket));
        }

        Assert.False(File.Exists(socket));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task LongPath_SocketIsInTheDataDirectoryAllTheSame()
    {
        var deep = Directory.CreateDirectory(Path.Combine(_data.Path, new string('d', 120))).FullName;
        var socket = Path.Combine(deep, "portal.sock");
        await using (await PortalUnderTest.StartAsync(new() { DataDirectory = deep }))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(socket));
            Assert.DoesNotContain("No portal runs", (await CommandRun.OfAsync("tokens", "list", "--data-directory", deep)).Errors);
        }

        Assert.False(File.Exists(socket));
    }

    [Fact]
    public async Task Rubbish_OnTheSocket_HarmsNothing()
    {
        await using var portal = await StartAsync();
        await using (var stream = await ControlSocket.ConnectAsync(portal.Get<DataDirectory>(), CancellationToken.None))
        {
            await ControlSocket.ReadAsync<ControlGreeting>(stream!, CancellationToken.None);
            await stream!.WriteAsync("not json\n"u8.ToArray());
            await Assert.ThrowsAsync<IOException>(() => ControlSocket.ReadAsync<ControlReply>(stream, CancellationToken.None));
        }

        Assert.Equal(ExitCodes.Success, (await TokensAsync("list")).ExitCode);
    }

    public void Dispose() => _data.Dispose();

    private static CommandRun Trimmed(CommandRun run) => new(run.ExitCode, run.Output.Trim(), "");

    private Task<PortalUnderTest> StartAsync() => PortalUnderTest.StartAsync(new() { DataDirectory = _data.Path });

    private Task<CommandRun> TokensAsync(params string[] args) => CommandRun.OfAsync(["tokens", .. args, "--data-directory", _data.Path]);

    private Task<CommandRun> MaintenanceAsync(params string[] args) =>
        CommandRun.OfAsync(["maintenance", .. args, "--data-directory", _data.Path]);
}
