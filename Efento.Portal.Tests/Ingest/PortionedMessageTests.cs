using System.Text;
using Efento.Portal.Ingest;
using Efento.Portal.Ingest.Payload;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Ingest;

public sealed class PortionedMessageTests
{
    private const int Records = 4_500;

    [Theory]
    [InlineData(2_000, false)]
    [InlineData(2_001, true)]
    public void IsNeededFor_ByRecordsAndParams(int records, bool isNeeded) =>
        Assert.Equal(isNeeded, PortionedMessage.IsNeededFor(Message(Body(records))));

    [Fact]
    public void Current_AllPortions_HoldEveryRecordAndByteOnceInOrder()
    {
        var message = Message(Body(Records));
        var portions = Portions(message);

        Assert.True(portions.Count > 3);
        Assert.All(portions, p => Assert.InRange(p.Parsed.Records.Count, 1, PortionedMessage.MostParts / 2));
        Assert.Equal(message.Measurements!.Records.Select(r => r.Offset), portions.SelectMany(p => p.Parsed.Records).Select(r => r.Offset));
        Assert.Equal(message.Body.Length, portions.Sum(p => p.Bytes));
        Assert.Equal([true], portions.Select(p => p.IsLast).Where(last => last));
        Assert.True(portions[^1].IsLast);
    }

    [Fact]
    public void Extent_OfAPortion_IsReadAsItsRecords()
    {
        var message = Message(Body(Records));

        foreach (var portion in Portions(message))
        {
            var text = Encoding.UTF8.GetString(message.Body.Span.Slice(portion.Extent.Offset, portion.Extent.Length));
            Assert.Equal(portion.Parsed.Records.Count, PayloadReader.Read(Encoding.UTF8.GetBytes($"[{text}]")).Records.Count);
        }
    }

    [Fact]
    public void Current_Rejects_ComeOnceAndBadParamsWithTheirRecord()
    {
        var time = Some.Now();
        string[] records =
        [
            .. Enumerable.Range(0, Records).Select(i => (i % 3) switch
            {
                0 => "17",
                1 => Some.Record(
                    "282C00000001", time.AddMinutes(-i), null, Some.Param(1), """{"channel":2,"type":"temperature","value":"what"}"""),
                _ => Some.Record("282C00000001", time.AddMinutes(-i)),
            }),
        ];
        var message = Message(Some.Body(records));

        var portions = Portions(message);

        Assert.Equal(message.Measurements!.Rejects, portions.SelectMany(p => p.Parsed.Rejects));
        foreach (var portion in portions)
        {
            Assert.All(
                portion.Parsed.Rejects.Where(r => r.Scope is RejectScope.Param),
                reject => Assert.Contains(portion.Parsed.Records, r => r.Offset <= reject.Offset && reject.Offset < r.Offset + r.Length));
        }
    }

    [Fact]
    public void Current_RecordWithVeryManyParams_IsParted()
    {
        var message = Message(
            Some.Body(Some.Record("282C00000001", Some.Now(), null, Enumerable.Range(0, 5_000).Select(i => Some.Param(i, 1 + (i % 30))))));

        var portions = Portions(message);

        Assert.Equal(3, portions.Count);
        Assert.Equal(
            Enumerable.Range(0, 5_000),
            portions.SelectMany(p => p.Parsed.Records).SelectMany(r => Enumerable.Range(r.FirstParam, r.ParamCount)));
    }

    private static List<MessagePortion> Portions(PendingMessage message)
    {
        var large = new PortionedMessage(message);
        List<MessagePortion> portions = [];
        do
        {
            portions.Add(large.Current);
            large.Advance(portions.Count);
        }
        while (!portions[^1].IsLast);

        return portions;
    }

    private static string Body(int records) =>
        Some.Body(Enumerable.Range(0, records).Select(i => Some.Record("282C00000001", Some.Now().AddMinutes(-i))));

    private static PendingMessage Message(string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        return new()
        {
            TokenId = 1,
            Address = "",
            Route = GatewayPaths.Measurements,
            ReceivedMs = 0,
            Body = body,
            Measurements = PayloadReader.Read(body)
        };
    }
}
