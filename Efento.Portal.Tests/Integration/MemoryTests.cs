using System.Globalization;
using System.Text;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>The real program: what large messages of one token take of memory and disk.</summary>
[Collection(FaultCollection.Name)]
public sealed class MemoryTests
{
    private const long MB = 1_000_000;
    private readonly TemporaryDirectory _data = new();

    [Fact]
    public async Task LargeHeartbeats_OfManySerials_TakeLittleMemoryAndDisk()
    {
        using var data = _data;
        await using var portal = await PortalProcess.StartAsync(data.Path);
        using var gateway = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);

        var replies = await SendAsync(gateway, heartbeats: 36, bytes: 24 * (int)MB, atOnce: 6);

        Assert.All(replies, status => Assert.Contains(status, (int[])[201, 503]));
        Assert.Contains(201, replies);
        Assert.InRange(PeakBytes(portal), 0, 900 * MB);
        Assert.InRange(DirectoryBytes(data.Path), 0, 200 * MB);
        await AssertIsWellAsync(gateway);
    }

    [Fact]
    public async Task LargeHeartbeats_WithAGigabyteOfHeap_LeaveThePortalWell()
    {
        using var data = _data;
        await using var portal = await PortalProcess.StartAsync(
            data.Path, environment: new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "0x40000000" });
        using var gateway = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);

        var replies = await SendAsync(gateway, heartbeats: 50, bytes: 30 * (int)MB, atOnce: 50);

        Assert.All(replies, status => Assert.Contains(status, (int[])[201, 503]));
        await AssertIsWellAsync(gateway);
        Assert.Equal(0, new PortalDatabase(data.Path).Count("quarantine_item"));
    }

    private static async Task AssertIsWellAsync(PortalClient gateway)
    {
        Assert.Equal(201, (await gateway.MeasureAsync(Some.Body(Some.Record(Some.Serial(), Some.Now())))).Status);
        await Until.TrueAsync(async () => (await gateway.GetAsync("/health/ready")).Status == 200);
    }

    /// <summary>Each of a new serial; the statuses.</summary>
    private static async Task<int[]> SendAsync(PortalClient gateway, int heartbeats, int bytes, int atOnce)
    {
        var padding = new string('x', 100);
        var filling = new StringBuilder(bytes);
        for (var i = 0; filling.Length < bytes; i++)
        {
            filling.Append(CultureInfo.InvariantCulture, $",\"key{i}\":\"{padding}{i}\"");
        }

        var rest = Encoding.UTF8.GetBytes($"{filling}}}");
        List<int> statuses = [];
        await Parallel.ForAsync(0, heartbeats, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (i, cancellation) =>
        {
            byte[] body = [.. Encoding.UTF8.GetBytes($"{{\"serial\":\"282C0300{i:X4}\""), .. rest];
            int status;
            try
            {
                status = (await gateway.PostAsync(GatewayPaths.Heartbeat, body)).Status;
            }
            catch (HttpRequestException)
            {
                // Answered 503 before all of it was sent, and closed.
                status = 503;
            }

            lock (statuses)
            {
                statuses.Add(status);
            }
        });
        return [.. statuses];
    }

    private static long PeakBytes(PortalProcess portal)
    {
        var line = File.ReadLines($"/proc/{portal.Id}/status").Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.AsSpan("VmHWM:".Length).Trim(" \tkB"), CultureInfo.InvariantCulture);
    }

    private static long DirectoryBytes(string path) =>
        new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
