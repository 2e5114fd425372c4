using CsCheck;
using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Tests.Ingest.Payload;

/// <summary>Generated bodies: valid ones come back whole, broken ones never throw.</summary>
public sealed class PayloadReaderProperties
{
    [Fact]
    public void Read_AnyValidBody_GivesEveryRecordAndValue() => SomeBody.All.Sample(
        body =>
        {
            var message = Bodies.Read(body.Json);
            Assert.Equal(SomeBody.Expected(body.Records), SomeBody.Found(message));
            Assert.Empty(message.Rejects);
        },
        iter: 2_000);

    [Fact]
    public void Read_AnyValidBody_ListsEveryHandle() => SomeBody.All.Sample(
        body => Assert.Equal(
            body.Records.Where(r => r.Handle is not null).Select(r => new ResponseHandle(r.Handle!.Value, r.Serial)),
            Bodies.Read(body.Json).Handles),
        iter: 500);

    [Fact]
    public void Read_AnyValidBody_PointsAtPartsThatReadTheSame() => SomeBody.All.Sample(
        body =>
        {
            var message = Bodies.Read(body.Json);
            var again = Bodies.Read($"[{string.Join(',', message.Records.Select(r => Bodies.Cut(body.Json, r.Offset, r.Length)))}]");
            Assert.Equal(SomeBody.Found(message), SomeBody.Found(again));
        },
        iter: 500);

    [Fact]
    public void Read_RandomBytes_NeverThrows() =>
        Gen.Byte.Array[0, 300].Sample(bytes => AssertSound(bytes), iter: 20_000);

    [Fact]
    public void Read_RandomJsonCharacters_NeverThrows() =>
        Gen.OneOf([.. "{}[]\":,\\u0eE+-.19 tfn"u8.ToArray()]).Array[0, 60].Sample(bytes => AssertSound(bytes), iter: 50_000);

    [Fact]
    public void Read_MutatedBodies_NeverThrows() => Gen.Select(
            SomeBody.All, Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte).Array[1, 8])
        .Sample(
            (body, changes) =>
            {
                var bytes = Bodies.Utf8(body.Json);
                foreach (var (at, value) in changes)
                {
                    bytes[at % bytes.Length] = value;
                }

                AssertSound(bytes);
            },
            iter: 5_000);

    [Fact]
    public void Read_CutWithinTheFirstRecord_IsOneBodyReject()
    {
        var body = Bodies.Utf8(Bodies.Manual);
        var first = Bodies.Read(Bodies.Manual).Records[0];
        for (var length = 0; length < first.Offset + first.Length; length++)
        {
            var message = PayloadReader.Read(body.AsSpan(0, length));
            var reason = length == 0 ? RejectReason.EmptyBody : RejectReason.NotJson;
            Assert.Equal([new(RejectScope.Body, reason, 0, length)], message.Rejects);
            Assert.Empty(message.Records);
            Assert.Empty(message.Params);
            Assert.Empty(message.Handles);
        }
    }

    [Fact]
    public void Shape_RecordsInAnyOrder_IsTheSame() => Gen.Select(SomeBody.All, Gen.Int).Sample(
        (body, seed) =>
        {
            var shuffled = body.Records.ToArray();
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(Shape(body.Records), Shape(shuffled));
        },
        iter: 500);

    private static ShapeFingerprint Shape(SomeRecord[] records) => Bodies.Read(Bodies.Of([.. records.Select(r => r.Json)])).Shape;

    private static void AssertSound(byte[] body)
    {
        var message = PayloadReader.Read(body);
        foreach (var reject in message.Rejects)
        {
            Assert.InRange(reject.Offset + reject.Length, reject.Offset, body.Length);
            Assert.True(reject.Scope is not RejectScope.Body || (message.Records.Count == 0 && message.Handles.Count == 0));
        }

        Assert.Equal(message.Params.Count, message.Records.Sum(r => r.ParamCount));
        Assert.All(message.Params, p => Assert.True(p.Channel > 0 && (p.Value is null || double.IsFinite(p.Value.Value))));
        HeartbeatReader.Read(body);
        BodyShape.Describe(body);
        BodyAnonymiser.Anonymise(body);
    }
}
