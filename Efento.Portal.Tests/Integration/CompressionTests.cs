using System.IO.Compression;
using System.Text;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>Compressed bodies: inflated, capped, and set aside when they can't be.</summary>
public sealed class CompressionTests(SharedPortal shared) : IClassFixture<SharedPortal>
{
    private readonly PortalUnderTest _portal = shared.Portal;

    public static TheoryData<string> Encodings => ["gzip", "x-gzip", "GZIP", "deflate", "br"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Body_Compressed_IsInflatedAndStored(string encoding)
    {
        var (serial, now) = (Some.Serial(), Some.Now());

        var reply = await SendAsync(
            _portal, encoding, Compress(encoding, Encoding.UTF8.GetBytes(Some.Body(Some.Record(serial, now, 4.5)))));

        Assert.Equal(201, reply.Status);
        Assert.Equal([$"{now.ToUnixTimeMilliseconds()}|4.5"], _portal.ReadingsOf(serial));
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Body_InflatesBeyondTheLimit_Is413(string encoding)
    {
        await using var portal = await PortalUnderTest.StartAsync(new() { Settings = { ["Portal:Ingest:MaxBodyBytes"] = "100000" } });
        var bomb = Compress(encoding, new byte[10_000_000]);
        Assert.InRange(bomb.Length, 1, 99_999);

        var reply = await SendAsync(portal, encoding, bomb);

        Assert.Equal(413, reply.Status);
        Assert.Equal("close", reply["Connection"]);
        Assert.Equal(0, portal.Database.Count("quarantine_item"));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Body_NotWhatItsEncodingSays_IsSetAsideAsSent(string encoding)
    {
        var sent = Encoding.UTF8.GetBytes($"not compressed at all {Some.Serial()}");

        var reply = await SendAsync(_portal, encoding, sent);

        Assert.Equal((201, """{"Y":[],"N":[]}"""), (reply.Status, reply.Body));
        Assert.Contains(_portal.Quarantined(), q => q.Reason == RejectReason.NotInflatable && q.Raw.SequenceEqual(sent));
    }

    [Fact]
    public async Task Body_CompressedAndCutOff_KeepsWholeRecordsAndSetsTheRestAside()
    {
        var serials = Enumerable.Range(0, 300).Select(_ => Some.Serial()).ToList();
        var plain = Some.Body(serials.Select(serial => Some.Record(serial, Some.Now())));
        var whole = Compress("gzip", Encoding.UTF8.GetBytes(plain));
        var before = _portal.Quarantined().Count;

        Assert.Equal(201, (await SendAsync(_portal, "gzip", whole[..(whole.Length / 2)])).Status);

        var rest = Assert.Single(_portal.Quarantined().Skip(before));
        var stored = serials.Count(serial => _portal.ReadingsOf(serial).Count > 0);
        Assert.Equal(RejectReason.NotJson, rest.Reason);
        Assert.InRange(stored, 1, 299);
        Assert.StartsWith(rest.Text, plain[plain.IndexOf($$"""{"serial":"{{serials[stored]}}""", StringComparison.Ordinal)..]);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("UTF8")]
    [InlineData("identity")]
    [InlineData("none")]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Body_PlainWhateverItsEncodingSays_IsRead(string encoding)
    {
        var (serial, now) = (Some.Serial(), Some.Now());

        Assert.Equal(201, (await SendAsync(_portal, encoding, Encoding.UTF8.GetBytes(Some.Body(Some.Record(serial, now, 4.5))))).Status);

        Assert.Equal([$"{now.ToUnixTimeMilliseconds()}|4.5"], _portal.ReadingsOf(serial));
    }

    [Fact]
    public async Task Body_UnknownEncoding_IsSetAsideAsSent()
    {
        var sent = Encoding.UTF8.GetBytes($"compressed by something else {Some.Serial()}");

        Assert.Equal(201, (await SendAsync(_portal, "zstd-ng", sent)).Status);
        Assert.Contains(_portal.Quarantined(), q => q.Reason == RejectReason.NotInflatable && q.Raw.SequenceEqual(sent));
    }

    [Fact]
    public async Task Heartbeat_Compressed_IsInflated()
    {
        var serial = Some.Serial();

        Assert.Equal(
            201,
            (
                await SendAsync(
                    _portal, "gzip", Compress("gzip", Encoding.UTF8.GetBytes(Some.Heartbeat(serial))), GatewayPaths.Heartbeat)).Status);
        Assert.Equal(1, _portal.Database.Scalar<long>("SELECT count(*) FROM gateway WHERE serial = $0", serial));
    }

    private static Task<PortalReply> SendAsync(
        PortalUnderTest portal, string encoding, byte[] body, string path = GatewayPaths.Measurements) =>
        portal.Client.PostAsync(path, body, request => request.Content!.Headers.TryAddWithoutValidation("Content-Encoding", encoding));

    private static byte[] Compress(string encoding, byte[] plain)
    {
        using var target = new MemoryStream();
        using (Stream compressing = encoding switch
        {
            "br" => new BrotliStream(target, CompressionLevel.Optimal),
            "deflate" => new ZLibStream(target, CompressionLevel.Optimal),
            _ => new GZipStream(target, CompressionLevel.Optimal),
        })
        {
            compressing.Write(plain);
        }

        return target.ToArray();
    }
}
