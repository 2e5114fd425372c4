using Efento.Portal.Ingest;
using Efento.Portal.Measurements;

namespace Efento.Portal.Tests.Ingest;

public sealed class PayloadReaderTests
{
    [Fact]
    public void Read_ManualsExample_GivesBothRecords()
    {
        var message = Bodies.Read(Bodies.Manual);

        Assert.Equal(["282C024FFFB2", "282C024FFFB4"], message.Records.Select(r => r.Serial));
        Assert.All(message.Records, r => Assert.Equal((1_539_358_101_000, 180, (short?)-70, false), (r.MeasuredAtMs, r.IntervalSeconds, r.Signal, r.BatteryLow)));
        Assert.Equal([1_539_370_701_000, 1_539_361_701_000], message.Records.Select(r => r.NextMeasurementAtMs));
        Assert.Empty(message.Rejects);
    }

    [Fact]
    public void Read_ManualsExample_GivesAllParams()
    {
        var message = Bodies.Read(Bodies.Manual);

        Assert.Equal([(0, 2), (2, 2)], message.Records.Select(r => (r.FirstParam, r.ParamCount)));
        Assert.Equal(
            [(1, "temperature", 12d), (2, "humidity", 51d), (1, "open-close", 1d), (2, "open-close", 0d)],
            message.Params.Select(p => ((int)p.Channel, p.Type.Name, p.Value!.Value)));
    }

    [Fact]
    public void Read_ManualsExample_ListsHandlesWithSerials() =>
        Assert.Equal([new(2, "282C024FFFB2"), new(4, "282C024FFFB4")], Bodies.Read(Bodies.Manual).Handles);

    [Fact]
    public void Read_ParamOutOfRange_IsKeptAndFlagged() =>
        Assert.Equal(ReadingFlags.OutOfRange, Bodies.ReadParam("""  "value":4000.1 """).Flags);
}
