using Efento.Portal.Components.Controls;
using Efento.Portal.Components.Pages.Overview;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Components.Pages;

/// <summary>No figure is cut short: fewer, smaller or wrapped.</summary>
public sealed class TileRoomTests
{
    private static readonly ShownValue Cold = new("Temperature", "−80.12", "°C");
    private static readonly ShownValue Damp = new("Humidity", "52.4", "%");
    private static readonly ShownValue Air = new("Air pressure", "1013.6", "hPa");
    private static readonly ShownValue Meter = new("Electricity meter", "123\u202F456\u202F789", "Wh");
    private static readonly ShownValue Wet = new("Flooding", "Water detected", "") { IsAlarm = true };
    private static readonly ShownValue Dry = new("Leakage", "Dry", "");

    public static TheoryData<TileRoom> Rooms => [TileRoom.Ordinary, TileRoom.Small, TileRoom.Row];

    [Fact]
    public void Fit_OneShortFigure_IsAsLargeAsCanBe() => AssertFit([0], 28, TileRoom.Ordinary, Damp);

    [Fact]
    public void Fit_ThreeFigures_AreSmaller() =>
        AssertFit([0, 1, 2], 16, TileRoom.Ordinary, new("", "1234", "ppm"), new("", "22.1", "°C"), Damp);

    [Fact]
    public void Fit_TooManyForTheirWidth_AreFewer() => AssertFit([0, 1], 18, TileRoom.Ordinary, Cold, Damp, Air);

    [Fact]
    public void Fit_WhatCallsForHelp_IsNotLeftOut() => AssertFit([2], 20, TileRoom.Ordinary, Meter, Meter, Wet);

    [Fact]
    public void Fit_OnAPhone_StandBelowEachOther() => AssertFit([0, 1, 2], 20, TileRoom.Row, Cold, Meter, Air);

    [Proves(ScreenRule.NoFigureIsCutShort)]
    [Fact]
    public void Fit_LongerThanAnyRoom_IsWrapped() =>
        Assert.True(TileRoom.Small.Fit([new("", "18\u202F446\u202F744\u202F073\u202F709\u202F551\u202F615", "Wh")]).IsWrapped);

    [Fact]
    public void Fit_None_IsNone() => Assert.Empty(TileRoom.Ordinary.Fit([]).Shown);

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Fit_EachPair_HasRoom(TileRoom room)
    {
        var failed = Damp with { LeftBehindUtc = DateTimeOffset.UnixEpoch, Remark = "sensor error" };
        ShownValue[] values = [Cold, Damp, Air, Meter, Wet, Dry, failed];
        var pairs = values.SelectMany(one => values.Select(other => (ShownValue[])[one, other]));
        var fits = pairs.Select(pair => (Values: pair, Fit: room.Fit(pair))).ToList();

        Assert.All(fits.Where(fit => !fit.Fit.IsWrapped), fit => Assert.InRange(WidthOf(fit.Values, fit.Fit, room), 0, room.Width));
    }

    private static double WidthOf(ShownValue[] values, TileFit fit, TileRoom room)
    {
        var widths = fit.Shown.Select(i => TextWidth.Of(values[i].Text, values[i].Unit) * fit.Size).ToList();
        return room.Gap > 0 ? widths.Sum() + (room.Gap * (widths.Count - 1)) : widths.Max();
    }

    private static void AssertFit(int[] shown, double size, TileRoom room, params ShownValue[] values)
    {
        var fit = room.Fit(values);

        Assert.Equal(shown, fit.Shown);
        Assert.Equal(size, fit.Size);
    }
}
