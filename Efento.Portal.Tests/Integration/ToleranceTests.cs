using System.Text;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>Bodies and envelopes as odd as real ones, over real HTTP; the reader's own tests go into every detail.</summary>
public sealed class ToleranceTests(SharedPortal shared) : IClassFixture<SharedPortal>
{
    private readonly PortalUnderTest _portal = shared.Portal;
    private readonly string _serial = Some.Serial();
    private readonly DateTimeOffset _now = Some.Now();

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/json;charset=UTF-8")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    [InlineData("rubbish")]
    public async Task ContentType_Odd_TheBodyIsReadAllTheSame(string? type)
    {
        await SendAsync(Encoding.UTF8.GetBytes(Some.Body(Some.Record(_serial, _now, 4))), request =>
        {
            request.Content!.Headers.Remove("Content-Type");
            request.Headers.TryAddWithoutValidation("charset", "UTF-8");
            if (type is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            }
        });

        AssertStored(4);
    }

    [Fact]
    public async Task Body_WithByteOrderMark_IsRead()
    {
        await SendAsync([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Some.Body(Some.Record(_serial, _now, 4)))]);

        AssertStored(4);
    }

    [Fact]
    public async Task Body_AsBareArray_IsRead()
    {
        await SendAsync($"[{Some.Record(_serial, _now, 4)}]");

        AssertStored(4);
    }

    [Fact]
    public async Task Body_InChunks_IsRead()
    {
        await SendAsync(
            Encoding.UTF8.GetBytes(Some.Body(Some.Record(_serial, _now, 4))), request => request.Headers.TransferEncodingChunked = true);

        AssertStored(4);
    }

    [Fact]
    public async Task Sender_ExpectingToContinue_IsToldTo()
    {
        await SendAsync(Encoding.UTF8.GetBytes(Some.Body(Some.Record(_serial, _now, 4))), request => request.Headers.ExpectContinue = true);

        AssertStored(4);
    }

    [Theory]
    [InlineData("\"4.25\"", "4.25")]
    [InlineData("4.25", "4.25")]
    [InlineData("\"open\"", "1")]
    [InlineData("\"closed\"", "0")]
    [InlineData("true", "1")]
    [InlineData("null", "")]
    public async Task Value_InEveryForm_IsStored(string value, string stored)
    {
        await SendAsync(Record($$"""{"channel":1,"type":"new_switch","value":{{value}}}"""));

        Assert.Equal([$"{_now.ToUnixTimeMilliseconds()}|{stored}"], _portal.ReadingsOf(_serial));
    }

    [Fact]
    public async Task Value_OfAFailedProbe_IsNoValueAndTheRestIsStored()
    {
        var reply = await _portal.Client.MeasureAsync(
            Some.Body(Some.Record(_serial, _now, 4, handle: 7)).Replace("\"value\":4", "\"value\":nan", StringComparison.Ordinal) + "\0");

        Assert.Equal("""{"Y":[7],"N":[]}""", reply.Body);
        Assert.Equal([$"{_now.ToUnixTimeMilliseconds()}|"], _portal.ReadingsOf(_serial));
        Assert.DoesNotContain(_portal.Quarantined(), q => q.Text.Contains(_serial, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fields_Unknown_DoNoHarm()
    {
        await SendAsync(
            $$$"""{"version":4,"measurements":[{"x":{"y":[1,{}]},"serial":"{{{_serial}}}","measured_at":"{{{Some.Time(_now)}}}","params":[{"type":"temperature","unit":"C","value":4,"channel":1}]}],"z":null}""");

        AssertStored(4);
    }

    [Theory]
    [InlineData("yyyy-MM-dd HH:mm:ss")]
    [InlineData("yyyy-MM-dd HH:mm:ss 'UTC'")]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss'Z'")]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss.fff'+00:00'")]
    public async Task Time_InEveryForm_IsRead(string format)
    {
        await SendAsync(
            Record(Some.Param(4)).Replace(
                Some.Time(_now), _now.ToString(format, System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));

        AssertStored(4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task Time_AsEpoch_IsRead(long perSecond)
    {
        await SendAsync(
            Record(Some.Param(4)).Replace($"\"{Some.Time(_now)}\"", $"{_now.ToUnixTimeSeconds() * perSecond}", StringComparison.Ordinal));

        AssertStored(4);
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("9223372036854775807")]
    public async Task Handle_AsOddAsAnIntegerCanBe_IsAnswered(string handle)
    {
        var reply = await _portal.Client.MeasureAsync(
            $$"""[{"serial":"{{_serial}}","response_handle":{{handle}},"measured_at":"{{Some.Time(_now)}}","params":[]}]""");

        Assert.Equal($$"""{"Y":[{{handle}}],"N":[]}""", reply.Body);
    }

    [Fact]
    public async Task Bodies_DamagedAnywhere_AreAnswered201AndNothingOfThemVanishes()
    {
        await using var portal = await PortalUnderTest.StartAsync();
        var random = new Random(4);
        for (var i = 0; i < 400; i++)
        {
            var body = Encoding.UTF8.GetBytes(
                Some.Body(Some.Record(_serial, _now.AddMinutes(-i), i, handle: 1), Some.Record(Some.Serial(), _now, i, handle: 2)));
            for (var damage = random.Next(1, 4); damage > 0; damage--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            var before = portal.Database.Scalar<long>(
                "SELECT (SELECT count(*) FROM reading) + (SELECT coalesce(sum(count), 0) FROM quarantine_item)");
            Assert.Equal(201, (await portal.Client.PostAsync(GatewayPaths.Measurements, body)).Status);
            var after = portal.Database.Scalar<long>(
                "SELECT (SELECT count(*) FROM reading) + (SELECT coalesce(sum(count), 0) FROM quarantine_item)");
            Assert.True(after > before, $"Nothing was kept of {Encoding.Latin1.GetString(body)}");
        }

        Assert.DoesNotContain(
            portal.Log, line =>
                line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal));
    }

    private string Record(string parameter) => Some.Body(Some.Record(_serial, _now, null, parameter));

    private Task SendAsync(string body) => SendAsync(Encoding.UTF8.GetBytes(body));

    private async Task SendAsync(byte[] body, Action<HttpRequestMessage>? configure = null) =>
        Assert.Equal(201, (await _portal.Client.PostAsync(GatewayPaths.Measurements, body, configure)).Status);

    private void AssertStored(double value) => Assert.Equal([$"{_now.ToUnixTimeMilliseconds()}|{value}"], _portal.ReadingsOf(_serial));
}
