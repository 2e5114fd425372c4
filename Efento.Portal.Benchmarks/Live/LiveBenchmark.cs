using System.Diagnostics;
using System.Globalization;
using System.Text;
using Efento.Portal.Benchmarks.Load;
using Efento.Portal.Benchmarks.Reporting;
using Efento.Portal.Benchmarks.Servers;

namespace Efento.Portal.Benchmarks.Live;

/// <summary>
/// How soon a browser shows what a gateway sent: from the POST to the changed DOM of a visible page, while other circuits watch the same
/// overview and other gateways send, so that all its tiles change all the time.
/// </summary>
internal sealed class LiveBenchmark(LiveOptions options, TextWriter output)
{
    private const string Serial = "282C02FFFFFF";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Claims _claims = new(output);
    private readonly Uri _address = new($"http://127.0.0.1:{options.Port}/");
    private readonly Random _pause = new(1);
    private int _value;

    /// <summary>Runs and judges; true if every claim holds.</summary>
    public async Task<bool> RunAsync(CancellationToken stopping)
    {
        output.WriteLine(Machine.Describe(options.Directory));
        output.WriteLine(
            $"the overview with {options.Loggers} loggers in one visible Chromium page and in {options.Circuits} more circuits held by WebSocket clients; {options.Rate} messages/s, {FleetMessage.Loggers} loggers and {FleetMessage.Values} values each");
        output.WriteLine();

        using var server = await ServerProcess.StartPortalAsync(options.Port, options.Directory);
        using var client = new HttpClient { BaseAddress = _address };
        await FirstMessagesAsync(client, stopping);
        using var visitor = await Visitor.SignInAsync(_address, stopping);
        await using var page = await WatchedPage.OpenAsync(visitor, options.Chromium, Serial);
        await using var circuits = await OpenCircuits.OpenAsync(visitor, _address, options.Circuits, Patience, stopping);
        var quiet = await MeasureAsync(client, page, stopping);
        var busy = await MeasureUnderLoadAsync(client, page, circuits.All, stopping);
        Table.Print(
            output, ["POST to changed DOM", "samples", "median ms", "p95 ms", "max ms"],
            [quiet.Row("nothing else arrives"), busy.Row($"{options.Rate} messages/s")]);
        _claims.AtMost($"POST to changed DOM at {options.Rate} messages/s, median", busy.MedianMs, 300, "ms");
        _claims.AtMost("errors in the page's console", page.Errors.Count, 0);
        _claims.AtMost("circuits that failed", circuits.Failed, 0);
        foreach (var error in page.Errors.Concat(circuits.All.Select(c => c.Error).OfType<string>()).Distinct())
        {
            output.WriteLine(error);
        }

        _claims.Print();
        return _claims.AllHold;
    }

    /// <summary>Every logger is known before the pages open.</summary>
    private async Task FirstMessagesAsync(HttpClient client, CancellationToken stopping)
    {
        await PostAsync(client, stopping);
        await LoadProcess.RunAsync(Load(seconds: 1, Begin(1)), stopping);
    }

    private async Task<Result> MeasureUnderLoadAsync(
        HttpClient client, WatchedPage page, IReadOnlyList<Circuit> circuits, CancellationToken stopping)
    {
        var before = circuits.Select(c => (c.Renderings, c.Bytes)).ToArray();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var seconds = options.Samples * 2;
        var load = LoadProcess.RunAsync(Load(seconds, Begin(seconds)), ending.Token);
        var watch = Stopwatch.StartNew();
        await Task.Delay(TimeSpan.FromSeconds(3), stopping);
        var result = await MeasureAsync(client, page, stopping);
        var elapsed = watch.Elapsed.TotalSeconds;
        var sent = await load;
        var renderings = circuits.Select((c, i) => (c.Renderings - before[i].Renderings) / elapsed).Order().ToArray();
        var bytes = circuits.Select((c, i) => (c.Bytes - before[i].Bytes) / elapsed / 1000).Average();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{sent.PerSecond:0} messages/s sent, p99 of their answers {sent.P99Ms:0.0} ms; each other circuit was sent {renderings[0]:0.0} to {renderings[^1]:0.0} renderings/s, {bytes:0} kB/s"));
        output.WriteLine();
        _claims.AtLeast("messages sent beside it", sent.PerSecond, 0.99 * options.Rate, "/s");
        _claims.AtMost("of them not answered 201", sent.Unavailable + sent.Unexpected, 0);
        _claims.AtLeast("renderings sent to the slowest other circuit", renderings[0], 1, "/s");
        return result;
    }

    private async Task<Result> MeasureAsync(HttpClient client, WatchedPage page, CancellationToken stopping)
    {
        List<double> times = [];
        for (var i = 0; i < options.Samples; i++)
        {
            // At no fixed distance: the pages gather what arrives within a quarter of a second.
            await Task.Delay(_pause.Next(1_000, 1_400), stopping);
            var begin = Stopwatch.GetTimestamp();
            var text = await PostAsync(client, stopping);
            var shown = await page.ShowsAsync(text).WaitAsync(Patience, stopping);
            times.Add(Stopwatch.GetElapsedTime(begin, shown).TotalMilliseconds);
        }

        times.Sort();
        return new Result(times);
    }

    /// <summary>A new value of the watched logger; gives how the page shows it.</summary>
    private async Task<string> PostAsync(HttpClient client, CancellationToken stopping)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{++_value + 0.5:0.0}");
        var now = DateTime.UtcNow;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v4/measurements");
        request.Headers.Add("X-Api-Token", ServerProcess.Token);
        request.Content = new StringContent(string.Create(CultureInfo.InvariantCulture, $$"""
            {"measurements":[{"serial":"{{Serial}}","response_handle":0,"battery":"ok","signal":-60,"measured_at":"{{now:yyyy-MM-dd HH:mm:ss}}","measurement_interval":180,"next_measurement_at":"{{now.AddMinutes(3):yyyy-MM-dd HH:mm:ss}}","params":[{"channel":1,"type":"temperature","value":{{text}}}]}]}
            """), Encoding.ASCII, "application/json");
        using var answer = await client.SendAsync(request, stopping);
        return (int)answer.StatusCode == StatusCodes.Status201Created
            ? text
            : throw new InvalidOperationException($"The portal answered {(int)answer.StatusCode}.");
    }

    private LoadOptions Load(double seconds, DateTime startUtc) => new()
    {
        Port = options.Port,
        Token = ServerProcess.Token,
        Loggers = options.Loggers,
        StartUtc = startUtc,
        WarmUpSeconds = 0,
        Seconds = seconds,
        Rate = options.Rate,
    };

    /// <summary>A beginning from which the fleet reaches the present in that time.</summary>
    private DateTime Begin(double seconds) =>
        DateTime.UtcNow - (FleetMessage.Interval * (2 + (seconds * options.Rate * FleetMessage.Loggers / options.Loggers)));

    private sealed record Result(List<double> Sorted)
    {
        public double MedianMs => Sorted[Sorted.Count / 2];

        public string[] Row(string name) =>
        [
            name,
            Sorted.Count.ToString(CultureInfo.InvariantCulture),
            MedianMs.ToString("0", CultureInfo.InvariantCulture),
            Sorted[Sorted.Count * 95 / 100].ToString("0", CultureInfo.InvariantCulture),
            Sorted[^1].ToString("0", CultureInfo.InvariantCulture),
        ];
    }
}
