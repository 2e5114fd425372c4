using System.Globalization;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Efento.Portal.Ingest.Payload;

namespace Efento.Portal.Benchmarks;

/// <summary>
/// The tolerant reader against strict source-generated deserialisation that touches every value and parses every time by one format.
/// </summary>
[MemoryDiagnoser]
public class PayloadReaderBenchmarks
{
    private byte[] _body = [];

    /// <summary>Records in the body, two params each.</summary>
    [Params(10, 1_000)]
    public int Records { get; set; }

    /// <summary>Builds the body.</summary>
    [GlobalSetup]
    public void Setup() => _body = Body(Records);

    /// <summary>The portal's reader.</summary>
    [Benchmark]
    public double Tolerant()
    {
        var message = PayloadReader.Read(_body);
        var sum = 0d;
        for (var i = 0; i < message.Params.Count; i++)
        {
            sum += message.Params[i].Value ?? 0;
        }

        return sum + message.Records[^1].MeasuredAtMs;
    }

    /// <summary>The yardstick.</summary>
    [Benchmark(Baseline = true)]
    public double Strict()
    {
        var message = JsonSerializer.Deserialize(_body, StrictJson.Default.StrictMessage)!;
        var sum = 0d;
        foreach (var record in message.Measurements)
        {
            sum += DateTime.ParseExact(record.MeasuredAt, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture).Ticks;
            foreach (var param in record.Params)
            {
                sum += param.Value;
            }
        }

        return sum;
    }

    private static byte[] Body(int records) =>
        Encoding.UTF8.GetBytes($"{{\"measurements\":[{string.Join(',', Enumerable.Range(0, records).Select(Record))}]}}");

    private static string Record(int i) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"serial":"282C02{{i:X6}}","response_handle":{{i}},"battery":"ok","signal":{{-40 - (i % 60)}},"measured_at":"2018-10-12 15:28:21","measurement_interval":180,"next_measurement_at":"2018-10-12 15:31:21","params":[{"channel":1,"type":"temperature","value":{{20 + (i % 100 / 10d)}},"status":"VALID"},{"channel":2,"type":"humidity","value":{{40 + (i % 30)}},"status":"VALID"}]}
        """);
}
