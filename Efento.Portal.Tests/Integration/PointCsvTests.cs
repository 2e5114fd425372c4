using System.Text;
using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Points;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Export;
using Efento.Portal.Measurements;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Integration;

/// <summary>The table that people download from a measuring point's page.</summary>
public sealed class PointCsvTests : IAsyncLifetime
{
    // The clocks in Poland go back at 01:00 UTC.
    private static readonly DateTimeOffset Night = new(2026, 10, 25, 0, 30, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Warsaw = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");
    private readonly FakeTimeProvider _time = new(Night.AddHours(2));
    private readonly string _serial = Some.Serial();
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalUnderTest.StartAsync(new() { Time = _time });
        await MeasureAsync(Some.Record(_serial, Night, null, Some.Param(-4.5), Some.Param(51, 2, "humidity")));
        await MeasureAsync(Some.Record(_serial, Night.AddHours(1), null, Some.Param(8_388_557), Some.Param(1_234, 2, "pressure")));
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Download_English_HasAColumnForEachChannelAndLocalTimesWithOffset()
    {
        var lines = await LinesAsync();

        Assert.Equal(
            [
                "Measuring point,Measured,UTC offset,Temperature (°C),Humidity (%),Air pressure (hPa),Remarks,Logger,Received,UTC offset,Late",
                $"{_serial},2026-10-25 02:30:00,UTC+02:00,-4.5,51,,,{_serial},2026-10-25 03:30:00,UTC+01:00,2 h later",
                $"{_serial},2026-10-25 02:30:00,UTC+01:00,,,1234,\"Temperature: sensor error, code 8388557\",{_serial},2026-10-25 03:30:00,UTC+01:00,1 h later",
            ],
            lines);
    }

    [Fact]
    public async Task Download_Polish_HasSemicolonsAndDecimalCommas()
    {
        await PreferAsync(its => its with { Language = "pl" });

        var lines = await LinesAsync();

        Assert.StartsWith("Punkt pomiarowy;", lines[0], StringComparison.Ordinal);
        Assert.Contains(";-4,5;51;;", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_FormatChosen_IsTaken()
    {
        Assert.Contains(";-4,5;51;;", (await LinesAsync(CsvFormat.Semicolon))[1], StringComparison.Ordinal);

        await PreferAsync(its => its with { Language = "pl" });
        Assert.Contains(",-4.5,51,,", (await LinesAsync(CsvFormat.Comma))[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_OtherUnits_AreThoseOfThePage()
    {
        await PreferAsync(its => its with { Temperature = TemperatureUnit.Fahrenheit, Pressure = PressureUnit.InchOfMercury });

        var lines = await LinesAsync();

        Assert.Contains("Temperature (°F),Humidity (%),Air pressure (inHg)", lines[0], StringComparison.Ordinal);
        Assert.Contains(",23.9,51,,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_NamedPoint_HasItsNameInTheFileAndInEachLine()
    {
        Assert.Equal(
            PointOutcome.Done,
            await _portal.Get<PointNaming>().RenameAsync(
                SiteScope.Everything, Actor.Command, new Seen(1, 0), "Lodówka 3/A; \"nowa\"", null));

        using var answer = await DownloadAsync();
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            "Lodówka 3-A; -nowa- 2026-10-25 02.00 - 2026-10-25 03.00.csv", answer.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.Equal(2, text.Split("\"Lodówka 3/A; \"\"nowa\"\"\",2026").Length - 1);
    }

    [Fact]
    public async Task Download_Spreadsheet_KnowsTheEncoding()
    {
        using var answer = await DownloadAsync();

        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
    }

    private async Task MeasureAsync(string record) => Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(record))).Status);

    private Task PreferAsync(Func<Preferences, Preferences> change) => _portal.Get<OwnPreferences>().ChangeAsync(1, change);

    private async Task<HttpResponseMessage> DownloadAsync(CsvFormat? format = null)
    {
        using var admin = await PeopleClient.SignedInAsync(_portal);
        return await admin.GetAsync(PointCsv.Address(1, Night.AddMinutes(-30), Night.AddMinutes(90), Warsaw, format));
    }

    private async Task<string[]> LinesAsync(CsvFormat? format = null)
    {
        using var answer = await DownloadAsync(format);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return text.TrimStart('\uFEFF').TrimEnd().Split("\r\n");
    }
}
