using System.Net;
using System.Net.Sockets;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>The real program started on a disk that is full, that is read-only, or whose pages are damaged.</summary>
[Trait(Category.Name, Category.Fault)]
public sealed class DiskAtTheStartTests
{
    private static readonly string[] Administrator = [$"--Portal:Setup:AdminEmail={PortalUnderTest.AdminEmail}", $"--Portal:Setup:AdminPassword={PortalUnderTest.AdminPassword}"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_OnAFullDisk_SaysSoAndGoesOnByItselfOnceThereIsRoom(bool isNew)
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 8);
        if (!isNew)
        {
            await StartAndEndAsync(disk.Path);
        }

        disk.Fill(leave: 0);
        await using var portal = await StartAsync(disk.Path);
        await AssertWaitsAsync(portal, "is full");

        disk.MakeRoom();
        await AssertGoesOnAsync(portal);
    }

    [Fact]
    public async Task Start_OnAReadOnlyDisk_SaysSoAndGoesOnByItselfOnceItCanBeWritten()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 8);
        await StartAndEndAsync(disk.Path);
        await Commands.RunAsync("mount", "-o", "remount,ro", disk.Path);
        await using var portal = await StartAsync(disk.Path);
        await AssertWaitsAsync(portal, "read-only");

        await Commands.RunAsync("mount", "-o", "remount,rw", disk.Path);
        await AssertGoesOnAsync(portal);
    }

    [Fact]
    public async Task Waiting_AskedToEnd_Ends()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 4);
        disk.Fill(leave: 0);
        await using var portal = await StartAsync(disk.Path);

        portal.Stop();
        await portal.WaitForExitAsync(Until.Patience);

        Assert.Equal(0, portal.ExitCode);
    }

    [Fact]
    public async Task Command_OnAFullDisk_SaysSo()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 4);
        disk.Fill(leave: 0);

        var run = await ProgramRun.OfAsync(Path.GetTempPath(), "tokens", "add", "--name", "barn", "--data-directory", disk.Path);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains($"The disk of the data directory {disk.Path} is full", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_WithAFullDisk_SaysWhy()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 8);
        await using var portal = await StartAsync(disk.Path);
        disk.Fill(leave: 0);
        using var somebody = new PeopleClient(portal.Address);

        // Until what is left in the log's pages is used up.
        var page = "";
        await Until.TrueAsync(async () =>
        {
            using var answer = await somebody.SignInAsync(PortalUnderTest.AdminEmail, PortalUnderTest.AdminPassword);
            Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
            page = await answer.Content.ReadAsStringAsync();
            return answer.StatusCode is HttpStatusCode.OK;
        });

        Assert.Contains("Nobody can sign in now. The disk is full.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DamagedPage_SeenByADownload_StaysInHealthAndOnTheOverview()
    {
        using var data = new TemporaryDirectory();
        var database = EarlierDatabase.UnpackInto(data.Path, EarlierDatabase.All.Last());
        var page = database.Scalar<long>("SELECT rootpage FROM sqlite_master WHERE name = 'kept_body'");
        await using (var file = File.OpenWrite(database.Path))
        {
            file.Position = (page - 1) * 4096;
            file.Write(Enumerable.Repeat((byte)0x5a, 4096).ToArray());
        }

        await using var portal = await StartAsync(data.Path);
        using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
        Assert.Equal(200, (await client.GetAsync("/health/ready")).Status);
        using var somebody = new PeopleClient(portal.Address);
        using var signedIn = await somebody.SignInAsync(PortalUnderTest.AdminEmail, PortalUnderTest.AdminPassword);

        using var download = await somebody.GetAsync("downloads/gateways/1/bodies.json");
        var ready = await client.GetAsync("/health/ready");
        using var overview = await somebody.GetAsync("");

        Assert.Equal(503, ready.Status);
        Assert.Contains("Damaged pages were seen", ready.Body, StringComparison.Ordinal);
        Assert.Contains("Damaged pages were seen", await overview.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static Task<PortalProcess> StartAsync(string data) =>
        PortalProcess.StartAsync(data, [$"--urls=http://127.0.0.1:{FreePort()}", .. Administrator], workingDirectory: Path.GetTempPath());

    private static async Task StartAndEndAsync(string data)
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { DataDirectory = data });
    }

    private static async Task AssertWaitsAsync(PortalProcess portal, string why)
    {
        using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
        var beat = await client.BeatAsync("{}");
        Assert.Equal((503, "300"), (beat.Status, beat["Retry-After"]));
        Assert.Contains(why, beat.Body, StringComparison.Ordinal);
        Assert.Contains(why, (await client.GetAsync("/health/ready")).Body, StringComparison.Ordinal);
        Assert.Equal(200, (await client.GetAsync("/health/live")).Status);
        using var somebody = new PeopleClient(portal.Address, null, ("Accept-Language", "pl"));
        using var page = await somebody.GetAsync("gateways");
        Assert.Contains(
            "Portal nie może się jeszcze uruchomić", WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync()),
            StringComparison.Ordinal);
    }

    private static Task AssertGoesOnAsync(PortalProcess portal) => Until.TrueAsync(
        async () =>
        {
            try
            {
                using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
                return (await client.BeatAsync("{}")).Status == 201;
            }
            catch (HttpRequestException)
            {
                // Between the two servers nobody listens.
                return false;
            }
        });

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
