using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Compare;
using Efento.Portal.Devices;
using Efento.Portal.History;
using Efento.Portal.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Efento.Portal.Tests.Integration;

/// <summary>The readings of several measuring points together: as a table and as a download.</summary>
public sealed class CompareTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Begin = new(2026, 6, 17, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Warsaw = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");
    private readonly FakeTimeProvider _time = new(Begin.AddHours(1));
    private readonly string[] _serials = [Some.Serial(), Some.Serial()];
    private PortalUnderTest _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalUnderTest.StartAsync(new() { Time = _time });

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pages_OfPointsWithOtherIntervals_HaveEachMomentOnceInOrder(bool isNewestFirst)
    {
        await MeasureAsync(
        [
            .. Enumerable.Range(0, 20).Select(i => Some.Record(_serials[0], Begin.AddMinutes(i), i)),
            .. Enumerable.Range(0, 4).Select(i => Some.Record(_serials[1], Begin.AddMinutes((5 * i) + 2), i)),
            Some.Record(_serials[1], Begin.AddSeconds(90), 9),
        ]);

        var moments = await ReadAllAsync(isNewestFirst, 3);

        var expected = Enumerable.Range(0, 20).Select(i => Begin.AddMinutes(i)).Append(Begin.AddSeconds(90));
        Assert.Equal(isNewestFirst ? expected.OrderDescending() : expected.Order(), moments.Select(m => m.MeasuredAtUtc));
        Assert.Equal(20 + 5, moments.Sum(m => m.Points.Count));
    }

    [Fact]
    public async Task Download_OfTwoPoints_HasAColumnForEachChannelAndALineForEachLogger()
    {
        await MeasureAsync([Some.Record(_serials[0], Begin, 4.5), Some.Record(_serials[1], Begin, null, Some.Param(51, 2, "humidity"))]);
        await MeasureAsync([Some.Record(_serials[0], Begin.AddMinutes(3), 8_388_557)]);

        var lines = await LinesAsync("1,2");

        Assert.Equal(
            [
                $"Measured,UTC offset,{_serials[0]} · Temperature (°C),{_serials[1]} · Humidity (%),Remarks,Logger,Received,UTC offset,Late",
                $"2026-06-17 10:00:00,UTC+02:00,4.5,,,{_serials[0]},2026-06-17 11:00:00,UTC+02:00,1 h later",
                $"2026-06-17 10:00:00,UTC+02:00,,51,,{_serials[1]},2026-06-17 11:00:00,UTC+02:00,1 h later",
                $"2026-06-17 10:03:00,UTC+02:00,,,\"Temperature: sensor error, code 8388557\",{_serials[0]},2026-06-17 11:00:00,UTC+02:00,57 min later",
            ],
            lines);
    }

    [Fact]
    public async Task Download_InPolish_HasSemicolonsAndDecimalCommas()
    {
        await MeasureAsync([Some.Record(_serials[0], Begin, 4.5)]);
        await _portal.Get<OwnPreferences>().ChangeAsync(1, its => its with { Language = "pl" });

        var lines = await LinesAsync("1");

        Assert.StartsWith("Zmierzono;", lines[0], StringComparison.Ordinal);
        Assert.Contains(";4,5;", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_OfSomebodyLimited_IsThatOfWhatTheySee()
    {
        await using var wards = await TwoWards.StartAsync();
        var (seen, hidden) = (await wards.PointOfAsync(wards.Seen), await wards.PointOfAsync(wards.Hidden));
        using var nurse = await wards.SignInAsync();

        var both = await TextAsync(nurse, $"{seen},{hidden}");

        Assert.Contains("Fridge seen", both, StringComparison.Ordinal);
        Assert.Equal(await TextAsync(nurse, $"{seen},999"), both);
        Assert.Equal(await TextAsync(nurse, $"{seen}"), both);
    }

    private static async Task<string> TextAsync(PeopleClient person, string points, TimeZoneInfo? zone = null)
    {
        using var answer = await person.GetAsync(
            CompareCsv.Address(ChannelChoice.ListOf(points), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200), zone));
        return (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimStart('\uFEFF');
    }

    private async Task<string[]> LinesAsync(string points)
    {
        using var admin = await PeopleClient.SignedInAsync(_portal);
        return (await TextAsync(admin, points, Warsaw)).TrimEnd().Split("\r\n");
    }

    private async Task<List<TogetherRow>> ReadAllAsync(bool isNewestFirst, int limit)
    {
        var (from, to) = (Begin.AddDays(-1), Begin.AddDays(1));
        List<TogetherRow> rows = [];
        for (TogetherPage? page = null; page is null || page.NextUtc is not null;)
        {
            page = await _portal.Get<TogetherQuery>().ReadAsync(
                [await _portal.PointAsync(1), await _portal.PointAsync(2)], from, to, isNewestFirst, limit);
            Assert.InRange(page.Rows.Count, 1, limit);
            rows.AddRange(page.Rows);
            (from, to) = isNewestFirst ? (from, page.NextUtc ?? to) : (page.NextUtc ?? from, to);
        }

        return rows;
    }

    private async Task MeasureAsync(IEnumerable<string> records) =>
        Assert.Equal(201, (await _portal.Client.MeasureAsync(Some.Body(records))).Status);
}
