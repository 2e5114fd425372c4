using System.Globalization;
using Efento.Portal.Benchmarks.History;
using Efento.Portal.Benchmarks.Live;
using Efento.Portal.Benchmarks.Load;
using Efento.Portal.Benchmarks.Reporting;
using Efento.Portal.Benchmarks.Servers;

namespace Efento.Portal.Benchmarks.Pages;

/// <summary>
/// How fast the overview and five years of a measuring point open in Chromium, and what open pages cost the server: CPU while values tick,
/// and memory. Circuits beside the browser are held by WebSocket clients that confirm every rendering.
/// </summary>
internal sealed class PagesBenchmark(PagesOptions options, TextWriter output)
{
    /// <summary>A page gathers what arrives within a quarter of a second.</summary>
    private const int TicksPerSecond = 4;
    private const int TickingPages = 20;

    /// <summary>
    /// So many messages a second that something arrives for each tick, each of ten loggers: far more than 500 points send.
    /// </summary>
    private const double MessagesPerSecond = TicksPerSecond;

    // The sign-in page is made without a circuit and has the same scripts, styles and fonts: the measure of machine and browser.
    private const double MostTimesPaint = 3.2;
    private const double MostTimesInteractive = 6;
    private const double MostTimesTick = 0.18;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Claims _claims = new(output);
    private readonly Uri _address = new($"http://127.0.0.1:{options.Port}/");

    /// <summary>Runs and judges; true if every claim holds.</summary>
    public async Task<bool> RunAsync(CancellationToken stopping)
    {
        output.WriteLine(Machine.Describe(options.Directory));
        using (var history = await LongHistory.FillAsync(options.Directory, loggers: 1, years: 5, stopping))
        {
            output.WriteLine(
                $"{options.Loggers} measuring points with a day of 3-minute readings, one more with {history.Readings:#,0} of five years");
        }

        output.WriteLine();
        using var server = await ServerProcess.StartPortalAsync(options.Port, options.Directory);
        await LastDayAsync(stopping);
        using var visitor = await Visitor.SignInAsync(_address, stopping);
        await VisitAsync(visitor);
        await TickAsync(server, visitor, stopping);
        await FillMemoryAsync(server, visitor, stopping);
        _claims.Print();
        return _claims.AllHold;
    }

    private async Task VisitAsync(Visitor visitor)
    {
        await using var browser = await EmptyBrowser.StartAsync(visitor, options.Chromium);

        // Code that runs for the first time is not what a person waits for every day.
        await browser.VisitAsync();
        await browser.VisitStaticAsync();
        await browser.VisitByPhoneAsync();
        List<Visit> visits = [];
        List<double> statics = [];
        List<double> phones = [];
        for (var i = 0; i < options.Visits; i++)
        {
            visits.Add(await browser.VisitAsync());
            statics.Add(await browser.VisitStaticAsync());
            phones.Add(await browser.VisitByPhoneAsync());
        }

        var charts = await browser.OpenAllAsync(LongHistory.Serial(1), options.Visits);
        Table.Print(
            output,
            [
                "first visits of the overview", "first paint ms", "interactive ms", "kB", "first paint on a phone ms",
                "first paint of the sign-in page ms",
            ],
            visits.Select(
                (v, i) => (string[])[$"{i + 1}", Round(v.PaintMs), Round(v.LiveMs), Round(v.Kilobytes), Round(phones[i]), Round(statics[i])]));
        var painted = Median(statics);
        _claims.AtMost(
            $"overview with {options.Loggers} points, first contentful paint / that of the sign-in page, medians",
            Median(visits.Select(v => v.PaintMs)) / painted, MostTimesPaint);
        _claims.AtMost("first contentful paint at 360 px / the same, medians", Median(phones) / painted, MostTimesPaint);
        _claims.AtMost("interactive / the same, medians", Median(visits.Select(v => v.LiveMs)) / painted, MostTimesInteractive);
        _claims.AtMost("transferred on a first visit", visits.Max(v => v.Kilobytes), 600, "kB");
        _claims.AtMost("five years of a measuring point, from click to drawn, median", Median(charts), 1000, "ms");
        _claims.AtMost("errors in the console", browser.Errors.Count, 0);
        foreach (var error in browser.Errors.Distinct())
        {
            output.WriteLine(error);
        }
    }

    /// <summary>
    /// CPU of the server with so many pages open that it is beyond its noise, less what it takes for the same messages without any.
    /// </summary>
    private async Task TickAsync(ServerProcess server, Visitor visitor, CancellationToken stopping)
    {
        await using var circuits = await OpenCircuits.OpenAsync(visitor, _address, TickingPages, Patience, stopping);

        // Until the code that runs most has been compiled for good.
        await CpuAsync(server, stopping);
        var with = await CpuAsync(server, stopping);
        var renderings = circuits.Renderings;
        await circuits.DisposeAsync();
        var without = await CpuAsync(server, stopping);
        var perTick = (with - without).TotalMilliseconds / (TickingPages * TicksPerSecond * options.Seconds);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{TickingPages} pages at {MessagesPerSecond} messages/s: {with.TotalSeconds:0.00} s of CPU in {options.Seconds} s, {without.TotalSeconds:0.00} s without them; {renderings} renderings since they were opened"));
        output.WriteLine();
        var reference = Machine.ReferenceMs();
        output.WriteLine(Machine.DescribeReference(reference));
        _claims.AtMost("CPU of the server for a tick of an open page / the reference", perTick / reference, MostTimesTick);
        _claims.AtMost("circuits that failed", circuits.Failed, 0);
    }

    private async Task<TimeSpan> CpuAsync(ServerProcess server, CancellationToken stopping)
    {
        var before = server.Cpu;
        await LoadProcess.RunAsync(Load(options.Seconds, Begin(options.Seconds * MessagesPerSecond), MessagesPerSecond), stopping);
        return server.Cpu - before;
    }

    private async Task FillMemoryAsync(ServerProcess server, Visitor visitor, CancellationToken stopping)
    {
        var before = server.Megabytes;
        await using var circuits = await OpenCircuits.OpenAsync(visitor, _address, options.Circuits, Patience, stopping);
        await LoadProcess.RunAsync(Load(5, Begin(5 * MessagesPerSecond), MessagesPerSecond), stopping);
        var after = server.Megabytes;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture, $"resident {before:0} MB before {options.Circuits} circuits, {after:0} MB with them"));
        output.WriteLine();
        _claims.AtMost($"memory of {options.Circuits} open overviews", after - before, 300, "MB");
        _claims.AtMost("of them failed", circuits.Failed, 0);
    }

    /// <summary>A day of the fleet, as fast as it is taken; begins a bit earlier, since the fastest connection may be ahead.</summary>
    private Task LastDayAsync(CancellationToken stopping)
    {
        var messages = 24 * 20 * options.Loggers / FleetMessage.Loggers;
        const double rate = 3000;
        return LoadProcess.RunAsync(Load(messages / rate, Begin(messages), rate), stopping);
    }

    /// <summary>A beginning from which the fleet reaches the present with so many messages.</summary>
    private DateTime Begin(double messages) =>
        DateTime.UtcNow - (FleetMessage.Interval * (2 + (messages * FleetMessage.Loggers / options.Loggers)));

    private LoadOptions Load(double seconds, DateTime startUtc, double rate) => new()
    {
        Port = options.Port,
        Token = ServerProcess.Token,
        Loggers = options.Loggers,
        StartUtc = startUtc,
        WarmUpSeconds = 0,
        Seconds = seconds,
        Rate = rate,
    };

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static string Round(double value) => value.ToString("0", CultureInfo.InvariantCulture);
}
