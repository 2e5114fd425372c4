using CsCheck;
using Efento.Portal.Measurements;

namespace Efento.Portal.Tests.Measurements;

public sealed class ReadingCursorTests
{
    [Fact]
    public void Parse_WhatFormatWrote_IsTheSamePlace() =>
        Gen.Select(Gen.Long, Gen.Byte, Gen.String.Where(s => s.All(c => !char.IsSurrogate(c))))
            .Select((ms, channel, type) => new ReadingPosition(ms, channel, type))
            .Sample(place => ReadingCursor.Parse(ReadingCursor.Format(place)) == place);

    [Fact]
    public void Parse_AnyText_NeverThrows() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char.AlphaNumeric, 0, 40]).Sample(
            text => ReadingCursor.Parse(text) is not { MeasuredAtMs: long.MinValue });

    [Fact]
    public void Format_TypeWithOddCharacters_NeedsNoEscapeInAQuery() =>
        Assert.Matches("^[A-Za-z0-9_-]+$", ReadingCursor.Format(new ReadingPosition(1, 2, "a.b&c=ü")));
}
