using System.Text;
using Efento.Portal.Data;

namespace Efento.Portal.Tests.Data;

public sealed class EndNoteTests
{
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 796_844_457_455_616)]
    public void Parse_WhatWasWritten_IsIt(bool hasLog, long newest) =>
        Assert.Equal(new EndNote(hasLog, newest), EndNote.Parse(Encoding.ASCII.GetString(new EndNote(hasLog, newest).ToBytes())));

    [Fact]
    public void ToBytes_OfAnyNote_CoverTheOneBefore() =>
        Assert.Single(new[] { new EndNote(true, 0), new EndNote(false, long.MaxValue) }.Select(note => note.ToBytes().Length).Distinct());

    [Theory]
    [InlineData("")]
    [InlineData("log")]
    [InlineData("log -1")]
    [InlineData("log 12x")]
    [InlineData("half 12")]
    public void Parse_SomethingElse_IsNone(string text) => Assert.Null(EndNote.Parse(text));

    [Theory]
    [InlineData(false, 7, false)]
    [InlineData(false, 8, false)]
    [InlineData(false, 6, true)]
    [InlineData(true, 7, true)]
    public void IsLoss_OfADatabase_IsTrueWhereItsEndIsGone(bool isLogMissing, long newest, bool isLoss) =>
        Assert.Equal(isLoss, new LossCheck(new EndNote(true, 7), DateTimeOffset.UnixEpoch, isLogMissing).IsLoss(newest));

    [Fact]
    public void IsLoss_NothingNoted_IsFalse() => Assert.False(new LossCheck(null, DateTimeOffset.UnixEpoch, IsLogMissing: false).IsLoss(0));
}
